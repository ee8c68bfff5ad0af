"""Sources of every rule, bound and formula, by key. Every key in use must be listed here; imports check it."""

REFERENCES = {
    "definition": "Definition: conservation of mass, parts of a whole",
    "article": "\u201cIs Low Dose Naltrexone Helpful?\u201d (the article the project started from)",
    "balance-sensitivity": "Minimum weighable quantity = sensitivity requirement / tolerated error (UNC Eshelman "
    "School of Pharmacy, pharmlabs.unc.edu, Measurements: Weighing)",
    "balance-repeatability": "USP <41> Balances, repeatability: 2 s / 0.1 %, s not below 0.41 of the readability "
    "(chapter cited, not read in full)",
    "capsules-from-tablets": "Capsules from commercial tablets: powder by the weight of the tablets before crushing "
    "(UNC pharmlabs, Capsules; the division by the weight before crushing is our own decision)",
    "packing-statistics": "Packing statistics of capsules (UNC Eshelman School of Pharmacy, pharmlabs.unc.edu)",
    "planning-estimate": "Our own decision: shell volume times tapped density, for choosing a size only",
    "capsule-weight-variation": "Filled capsules within 90 to 110 % of the theoretical fill (customary; USP <2091>), "
    "their mean within 3 % of it (customary)",
    "fill-spread": "Relative standard deviation of the fill, at most 5 % (customary in-process check)",
    "batch-loss": "Loss of capsules against the 3 % that German practice allows a batch",
    "yield": "Yield of 97 to 103 %, or explained: customary in the review of a compounding record",
    "ph-eur-2-9-5": "BP and Ph. Eur. 2.9.5, Uniformity of mass of single-dose preparations, capsules; content of "
    "single units below 2 mg or 2 % (public copies; the monograph on capsules was not read in full)",
    "usp-905": "USP <905> Uniformity of Dosage Units, acceptance value (secondary sources; the chapter was not read "
    "in full)",
    "uncertainty": "Standard uncertainty of a weighing and its propagation (JCGM 100:2008, 4.3.7 and 5.1): of a bound "
    "a, a / \u221a3; of one more capsule, s \u221a(1 + 1/n)",
    "welch-satterthwaite": "Effective degrees of freedom by Welch and Satterthwaite (JCGM 100:2008, annex G.4)",
    "student-t": "Student\u2019s t distribution in closed form (Abramowitz and Stegun, 26.7.3 and 26.7.4; "
    "cited, not read in full)",
    "label-claim": "90 to 110 % of the label, as the monographs of most tablets and capsules have it (USP)",
    "tablet-content": "Content of one tablet beside the mean of its lot: usual spread about 2 % (FDA on whole tablets, "
    "0.5 to 2.1 %); at least ten tablets by DAC/NRF (Rezepturtipp 42/2023); three as our own decision",
    "geometric-dilution": "Geometric dilution: each addition equal to what is in the mortar (customary practice)",
    "trituration": "Trituration of a solid in a solid by the aliquot method (customary practice; UNC pharmlabs; the "
    "order of preference and the bounds are our own decision)",
    "small-weighings": "Below 0.1 g the boat is weighed back, and 1 % may stay in it (Deutsche Apotheker Zeitung, 26 "
    "June 2024; as a bound for weighing powder that bears drug it is our own decision)",
    "powder-loss": "Hydrocortisone left in a mortar: 15.9 %; with 0.4 g of diluent rubbed first 0.5 % (Kawakami 2023, "
    "abstract)",
    "particles": "Counting of particles as Poisson has it: the spread of a number is its root (the size and density of "
    "tablet powder and the bounds are our own decision)",
    "certificate": "Assay and water of the certificate of analysis; an assay stated as is is not corrected twice",
    "molar-mass": "Ratio of molar masses of the two chemical forms",
    "stated-equivalence": "Equivalence of two chemical forms as the label of the source states it",
    "reverse-check": "Our own decision: the dose computed back from the figures as printed",
    "crushing-loss": "Our own decision, after the German limit for batch loss (3 %)",
    "whole-tablets": "Our own decision: batches that use whole tablets, within 2 % with nothing lost",
    "usp-795": "USP <795> (2023), default beyond-use dates (secondary sources; the chapter was not read in full)",
    "date-ceiling": "Ceiling of 180 days for a date by a study (USP <795> of 2023 by secondary sources, which name it "
    "for solid forms; the chapter was not read in full, and for liquids it is our own decision)",
    "day-of-making": "Drafts of USP <795> (2018, 2019) count the day of making as day 1, published examples as day 0 "
    "(the final text was not read)",
    "liquid-from-tablets": "Oral liquids from commercial tablets: crush, wet, rinse, bring to volume with vehicle "
    "(customary practice; UNC Eshelman School of Pharmacy, pharmlabs.unc.edu)",
    "oral-syringe": "Oral syringes are read to the nearest mark; graduations differ from maker to maker (customary "
    "practice; the set of the bench is a setting)",
    "bottles": "Prescription bottles of 1 to 16 fluid ounces, as commonly sold (the choice is our own decision)",
    "customary": "Customary practice",
    "own-decision": "Our own decision; the pharmacy may set another value",
    "naltrexone-doses": "Dose ranges of low-dose naltrexone (Toljan and Vrooman 2018; trials up to 6 mg)",
    "contract": "The contract of the endpoint",
}
