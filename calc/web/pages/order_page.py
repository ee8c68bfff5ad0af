"""The page of one preparation: its form, and the plan, faults or stops of the order in the query.

Each paper has an address of its own and takes the same query; if it cannot be printed, the page shows why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import ServiceUnavailable

from calc.answers.problems import fault_shown, stop_shown
from calc.faults import Fault, FaultCode, Refused
from calc.orders.query import Pairs, written
from calc.paper.label import STOCKS
from calc.paper.leaflet import NoLeaflet, has_leaflet
from calc.paper.press import PAPERS, DoesNotFit
from calc.paper.until import refuse_uncertain
from calc.service.answering import Service
from calc.service.asked import mark_of, said_today, why_not_printed
from calc.service.preparations import PREPARATIONS, AnyPlan, Preparation
from calc.sheet.lines import PlanSheet
from calc.web.forms import query
from calc.web.forms.folding import opened_by_stops
from calc.web.pages import common
from calc.web.pages import label as label_page
from calc.wording import paper as words
from calc.wording.web import ORDER_PAGES


@dataclass(frozen=True)
class Paper:
    """One kind of paper: its name, the option in its address with choices and default, and its file name."""

    name: str
    option: str
    choices: Mapping[str, str]
    usual: str
    file: str


SHEET, LABEL = "sheet", "label"
HTML = "text/html; charset=utf-8"
SIZES = {key: words.PAPER_NAMES[key] for key in PAPERS}
KINDS = {
    SHEET: Paper(words.TITLE, "paper", SIZES, "letter", "preparation-sheet.pdf"),
    LABEL: Paper(words.LABEL, "label", {key: stock.name for key, stock in STOCKS.items()}, "2.25x1.25", "label.pdf"),
    "leaflet": Paper(words.LEAFLET, "paper", SIZES, "letter", "patient-leaflet.pdf"),
}


@dataclass(frozen=True)
class OrderPage:
    """The page of one preparation for one service.

    `opened` returns the groups of the form that a plan opens. `beside` returns further values for the template, with or
    without a plan. `always` holds the pairs that every query of the page contains.
    """

    service: Service
    key: str
    address: str
    template: str
    form: Callable[..., Any]
    opened: Callable[[Any], frozenset[str]]
    beside: Callable[[Any], dict[str, Any]]
    always: tuple[tuple[str, str], ...] = ()

    @property
    def preparation(self) -> Preparation:
        """The preparation of the page."""
        return PREPARATIONS[self.key]

    def blueprint(self) -> Blueprint:
        """Return the routes of the page and of its papers."""
        routes = Blueprint(self.key, __name__)
        routes.add_url_rule(self.address, "page", self._page)
        for kind in KINDS:
            methods = ["GET", "POST"] if kind == LABEL else ["GET"]
            routes.add_url_rule(self._paper(kind), kind, lambda kind=kind: self._printed(kind), methods=methods)
        return routes

    def _paper(self, kind: str) -> str:
        """Return the address of a paper."""
        return f"{self.address.rstrip('/')}/{kind}.pdf"

    def _page(self) -> common.Shown:
        pairs = list(request.args.items(multi=True))
        if not pairs:
            return self._render(pairs), 200
        wanted = self._redirected(pairs)
        if wanted is not None:
            return common.redirect_to(self.address, wanted)
        try:
            plan = self.planned(pairs)
        except Refused as refused:
            return self._refuse(pairs, refused)
        return self._render(pairs, plan=plan), 200

    def link(self, pairs: Pairs) -> str:
        """Return the address of the page for a query."""
        return f"{self.address}?{written(query.canonical(pairs, self.preparation.query))}"

    def planned(self, pairs: Pairs, more: Iterable[Fault] = (), earlier: Mapping[str, Any] | None = None) -> AnyPlan:
        """Return the plan of the order in a query, read with `earlier` defaults if it was printed with them.

        Raises `Refused` with the faults of the query, of the order, and `more`; or with its stops.
        """
        fields, preparation = self.preparation.query, self.preparation
        faults = [*more, *query.faults_of(pairs, fields)]
        canonical = query.canonical(pairs, fields)
        tree, filled_in = query.tree(canonical, fields), query.dates_filled_in(canonical)
        today = self.service.today()
        try:
            order = preparation.order.read(
                tree, self.service.library, today=today, dates_filled_in=filled_in, earlier=earlier
            )
        except Refused as refused:
            raise Refused((*faults, *(fault for fault in refused.faults if fault not in faults))) from refused
        if faults:
            raise Refused(tuple(faults))
        return preparation.plan(order, self.service.library)

    def _redirected(self, pairs: Pairs) -> Pairs | None:
        """Return the canonical query to redirect to, without blank values and with the dates that a link needs.

        Return None if the query is canonical already, or if its names have faults.
        """
        fields = self.preparation.query
        if query.faults_of(pairs, fields):
            return None
        wanted = self._with_dates(common.with_key(self.service, query.canonical(pairs, fields)))
        names = {name for name, _ in wanted}
        wanted = [*(pair for pair in self.always if pair[0] not in names), *wanted]
        return wanted if wanted != pairs else None

    def _with_dates(self, pairs: Pairs) -> Pairs:
        """Return the query with its dates, once tablets are weighed, so that the link keeps its meaning tomorrow."""
        names = {name for name, _ in pairs}
        if "source-total_mass" not in names or "source-weighed_on" in names:
            return pairs
        dated = common.dated(self.service, pairs)
        return [*dated, *query.date_filled_in("source-weighed_on", dict(dated)["prepared_on"])]

    def _printed(self, kind: str) -> common.Shown:
        """Print a paper for the order in the query, or return the page that shows why not."""
        if request.method == "POST":
            return self._printed_for_one()
        paper = KINDS[kind]
        annex, of_annex, more = common.annex_in(asked=kind == SHEET)
        own = {paper.option, *(name for name, _ in of_annex)}
        pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in own]
        chosen, faults = common.option_in(paper.option, paper.choices, paper.usual)
        faults += more
        wanted = self._redirected(pairs)
        if wanted is not None and not faults:
            return common.redirect_to(request.path, [*wanted, (paper.option, chosen), *of_annex])
        try:
            body = self._pressed(kind, self.planned(pairs, faults), chosen, annex=annex)
        except Refused as refused:
            return self._refuse(pairs, refused)
        except DoesNotFit as large:
            fault = Fault(FaultCode.DOES_NOT_FIT, paper.option, {"typed": large.on})
            return self._refuse(pairs, Refused((fault,)))
        except NoLeaflet:
            return self._refuse(pairs, Refused((Fault(FaultCode.NO_LEAFLET, "drug"),)))
        return common.pdf(body, paper.file)

    def _printed_for_one(self) -> common.Shown:
        """Print the label of one patient, or return the page that shows why not, with what was typed."""
        sent = label_page.posted()
        pairs = [pair for pair in request.args.items(multi=True) if pair[0] != KINDS[LABEL].option]
        wanted = self._redirected(pairs) or pairs
        try:
            plan = self.planned(wanted)
            refuse_uncertain(plan)
            refused_today = why_not_printed(plan, self.service.today())
            if refused_today:
                raise Refused(refused_today)
        except Refused as refused:
            return self._render(wanted, refused=refused, typed=sent.typed, label_faults=sent.faults), 422
        try:
            with common.at_the_press():
                body = self.preparation.papers[LABEL](plan, sent.stock, self.service.pharmacy, sent.lines(plan))
        except Refused as refused:
            return self._render(wanted, plan=plan, typed=sent.typed, label_faults=refused.faults), 422
        except DoesNotFit as large:
            fault = Fault(FaultCode.DOES_NOT_FIT, KINDS[LABEL].option, {"typed": large.on})
            return self._render(wanted, plan=plan, typed=sent.typed, label_faults=(fault,)), 422
        except ServiceUnavailable as busy:
            page = self._render(wanted, plan=plan, typed=sent.typed, busy=True)
            return Response(page, 503, {"Retry-After": str(busy.retry_after)}, content_type=HTML)
        return common.pdf(body, KINDS[LABEL].file, sent.send)

    def _pressed(self, kind: str, plan: AnyPlan, on: str, *, annex: bool) -> bytes:
        """Return a paper as printed today. Raises `Refused` for a label or leaflet past its date or far ahead."""
        today, press = self.service.today(), self.preparation.papers[kind]
        faults = () if kind == SHEET else why_not_printed(plan, today)
        if faults:
            raise Refused(faults)
        with common.at_the_press():
            if kind == SHEET:
                return press(plan, on, mark_of(plan, today), self.service.pharmacy, annex=annex)
            return press(plan, on, self.service.pharmacy)

    def _refuse(self, pairs: Pairs, refused: Refused) -> common.Shown:
        """Return the page with the values as typed and the faults or stops of the order."""
        return self._render(pairs, refused=refused), 422

    def _papers(self, pairs: Pairs, plan: AnyPlan, stocks: Iterable[str]) -> list[dict[str, Any]]:
        """Return links to the papers of this order that can be printed today, each with the date of making.

        A label is offered on its `stocks`, a leaflet if the drug's file has one.
        """
        if plan.beyond_use.date is None:
            return []
        refused = why_not_printed(plan, self.service.today())
        quoted, links = self._quoted(pairs), []
        for kind, paper in KINDS.items():
            if (kind == "leaflet" and not has_leaflet(plan.drug)) or (kind != SHEET and refused):
                continue
            address, held = self._paper(kind), paper.choices
            if kind == LABEL:
                held = {key: STOCKS[key].name for key in stocks}
            sizes = [
                {"href": f"{address}?{quoted}&{written([(paper.option, key)])}", "name": name}
                for key, name in held.items()
            ]
            if kind == SHEET:
                sizes += common.with_annex(sizes)
            waits_for = common.waits_for(plan.order) if kind == LABEL else []
            links.append({"name": paper.name, "links": sizes, "waits_for": waits_for})
        return links

    def _quoted(self, pairs: Pairs) -> str:
        """Return the query of a paper, with the date of making."""
        return written(query.canonical(common.dated(self.service, pairs), self.preparation.query))

    def _label_stocks(self, plan: AnyPlan, sheet: PlanSheet) -> tuple[str, ...]:
        """Return the stocks on which the label of a plan can be printed today; none while an expiry is not known."""
        uncertain = plan.beyond_use.date is None or plan.order.unknown_expiries
        if uncertain or why_not_printed(plan, self.service.today()):
            return ()
        return self.preparation.label_stocks(plan, sheet, STOCKS, self.service.pharmacy)

    def _render(
        self,
        pairs: Pairs,
        *,
        plan: AnyPlan | None = None,
        refused: Refused | None = None,
        typed: MultiDict[str, str] | None = None,
        label_faults: tuple[Fault, ...] = (),
        busy: bool = False,
    ) -> str:
        """Return the page. `typed` are the lines of a label not printed, for its faults or because all is `busy`."""
        order_typed = MultiDict(pairs)
        faults = [fault_shown(fault) for fault in refused.faults] if refused is not None else []
        stopped = refused.stops if refused is not None and not faults else ()
        stops = [stop_shown(stop) for stop in stopped]
        errors = common.errors_by_field((*faults, *stops))
        form = self.form(self.service.library, order_typed, errors)
        overrides = common.overrides(order_typed, errors)
        sheet, beside = None if plan is None else self.preparation.sheet(plan), self.beside(plan)
        label_stocks = () if plan is None or sheet is None else self._label_stocks(plan, sheet)
        label_form = None
        if label_stocks or typed is not None:
            address = f"{self._paper(LABEL)}?{self._quoted(pairs)}"
            label_form = label_page.shown(address, label_stocks, plan, typed or MultiDict(), label_faults, busy=busy)
        return render_template(
            self.template,
            about=ORDER_PAGES[self.key],
            address=self.address,
            always=self.always,
            notes=common.notes_of_dates(pairs),
            form=form,
            sheet=sheet,
            papers=[] if plan is None else self._papers(pairs, plan, label_stocks),
            label_form=label_form,
            said_today=[] if plan is None else said_today(plan, self.service.today()),
            for_today=self.link(query.of_another_day(pairs)),
            opened=opened_by_stops(stopped) if plan is None else self.opened(plan),
            faults=[(fault, common.target(fault["field"], form)) for fault in faults],
            stops=[(stop, index) for index, stop in enumerate(stops, start=len(overrides["acknowledgements"]))],
            can_pass=all(stop["reasons"] for stop in stops),
            **overrides,
            **beside,
        )
