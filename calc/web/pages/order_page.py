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
from calc.paper.press import DoesNotFit
from calc.paper.until import refuse_uncertain
from calc.pictures.usual import usual_dose
from calc.planning.bench_entries import NOTHING_AT_BENCH, AtBench
from calc.service.answering import Service
from calc.service.asked import mark_of, said_today, why_not_printed
from calc.service.preparations import PREPARATIONS, AnyPlan, Preparation
from calc.sheet.lines import PlanSheet
from calc.web.forms import bench_query, query
from calc.web.forms.fields import OF_TABLETS, TYPED_TOGETHER
from calc.web.forms.folding import opened_by_stops
from calc.web.pages import common
from calc.web.pages import label as label_page
from calc.web.pages.at_the_bench import entries_of, kept_hidden, strays_said
from calc.web.pages.kinds import KINDS, LABEL, SHEET
from calc.web.pages.steps import is_waiting, steps_of
from calc.wording import workbench
from calc.wording.web import ORDER_PAGES


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
        pairs = query.without_button(asked := list(request.args.items(multi=True)))
        if not pairs:
            return self._render(pairs), 200
        wanted = self._redirected(pairs)
        if wanted is not None:
            return common.redirect_to(self.address, [*wanted, *(pair for pair in asked if pair not in pairs)])
        try:
            plan, at_bench = self._at_bench(pairs)
        except Refused as refused:
            return self._refuse(pairs, refused)
        return self._render(pairs, plan=plan, at_bench=at_bench), 422 if at_bench.faults else 200

    def _at_bench(self, pairs: Pairs, more: Iterable[Fault] = ()) -> tuple[AnyPlan, AtBench]:
        """Return the plan of a query, and what was typed at the bench. Raises `Refused` as `planned` does."""
        ordered, at_bench = bench_query.apart(pairs)
        plan = self.planned(ordered, [*more, *bench_query.faults_of(at_bench)])
        return plan, entries_of(self.preparation, plan, at_bench)

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
        ordered, at_bench = bench_query.apart(pairs)
        if query.faults_of(ordered, fields) or bench_query.faults_of(at_bench):
            return None
        wanted = self._with_dates(common.with_key(self.service, query.canonical(ordered, fields)))
        names = {name for name, _ in wanted}
        wanted = [*(pair for pair in self.always if pair[0] not in names), *wanted, *bench_query.canonical(at_bench)]
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
            plan, at_bench = self._at_bench(pairs, faults) if kind == SHEET else (self.planned(pairs, faults), None)
            if at_bench is not None and at_bench.faults:
                return self._render(pairs, plan=plan, at_bench=at_bench), 422
            body = self._pressed(kind, plan, chosen, at_bench or NOTHING_AT_BENCH, annex=annex)
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
            return Response(page, 503, {"Retry-After": str(busy.retry_after)})
        return common.pdf(body, KINDS[LABEL].file, sent.send)

    def _pressed(self, kind: str, plan: AnyPlan, on: str, at_bench: AtBench, *, annex: bool) -> bytes:
        """Return a paper as printed today. Raises `Refused` for a label or leaflet past its date or far ahead."""
        today, press = self.service.today(), self.preparation.papers[kind]
        faults = () if kind == SHEET else why_not_printed(plan, today)
        if faults:
            raise Refused(faults)
        with common.at_the_press():
            if kind == SHEET:
                return press(plan, on, mark_of(plan, today), self.service.pharmacy, at_bench, annex=annex)
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
        with_bench = "".join(f"&{written([pair])}" for pair in bench_query.apart(pairs)[1])
        for kind, paper in KINDS.items():
            if (kind == "leaflet" and not has_leaflet(plan.drug)) or (kind != SHEET and refused):
                continue
            address, held = self._paper(kind), paper.choices
            if kind == LABEL:
                held = {key: STOCKS[key].name for key in stocks}
            asked = f"{quoted}{with_bench}" if kind == SHEET else quoted
            sizes = [
                {"href": f"{address}?{asked}&{written([(paper.option, key)])}", "name": name}
                for key, name in held.items()
            ]
            if kind == SHEET:
                sizes += common.with_annex(sizes)
            waits_for = common.waits_for(plan.order) if kind == LABEL else []
            links.append({"kind": kind, "paper": paper, "links": sizes, "waits_for": waits_for})
        return links

    def _quoted(self, pairs: Pairs) -> str:
        """Return the query of a paper, with the date of making."""
        return written(query.canonical(common.dated(self.service, bench_query.apart(pairs)[0]), self.preparation.query))

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
        at_bench: AtBench = NOTHING_AT_BENCH,
    ) -> str:
        """Return the page. `typed` are the lines of a label not printed, for its faults or because all is `busy`."""
        order_typed = MultiDict([*pairs, *query.pressed(request.args)])
        faults = [fault_shown(fault) for fault in refused.faults] if refused is not None else []
        stopped = refused.stops if refused is not None and not faults else ()
        stops = [stop_shown(stop) for stop in stopped]
        errors, grown = common.errors_by_field((*faults, *stops)), query.lists_in(request.args)
        form = self.form(self.service.library, order_typed, errors)
        overrides = common.overrides(order_typed, errors)
        sheet, beside = None if plan is None else self.preparation.sheet(plan, at_bench), self.beside(plan)
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
            pairs=[pair for pair in TYPED_TOGETHER if all(name in form for name in pair)],
            of_tablets=" ".join(name for name in OF_TABLETS if name in form),
            notes=common.notes_of_dates(pairs),
            bench_kept=kept_hidden(pairs, plan, at_bench),
            bench_stray=strays_said(at_bench),
            form=form,
            steps=steps_of(self.key, form, () if sheet is None else sheet.progress, faults, stops, grown),
            waiting=is_waiting(faults),
            at_rest=workbench.AT_REST[self.key],
            sheet=sheet,
            papers=[] if plan is None else self._papers(pairs, plan, label_stocks),
            label_form=label_form,
            said_today=[] if plan is None else said_today(plan, self.service.today()),
            for_today=self.link(query.of_another_day(bench_query.apart(pairs)[0])),
            opened=grown | (opened_by_stops(stopped) if plan is None else self.opened(plan)),
            faults=[(fault, common.target(fault["field"], form)) for fault in faults],
            usual_dose=usual_dose(stopped),
            stops=[(stop, index) for index, stop in enumerate(stops, start=len(overrides["acknowledgements"]))],
            can_pass=all(stop["reasons"] for stop in stops),
            **overrides,
            **beside,
        )
