// Dates as ICU prints them in every Arabic-script locale, calendar and style, the oracle of tests/facts/test_dates_of_icu.py:
//     node benchmarks/icu_dates.js > tests/facts/data/icu_dates.tsv
const locales = ["ar", "ar-SA", "ar-EG", "ar-SY", "ar-IQ", "ar-LB", "ar-JO", "ar-DZ", "ar-TN", "ar-MA", "ar-MR", "ar-AE", "ar-SD", "ar-YE", "fa", "fa-AF",
  "ur", "ur-IN", "ps", "ps-PK", "ckb", "ckb-IR", "ug", "sd"];
const days = ["2023-01-05", "2022-03-09", "2021-04-23", "2020-05-02", "2018-08-08", "2022-09-11", "2017-11-27", "2024-12-03"];
console.log(`# Dates as ICU ${process.versions.icu} prints them (CLDR ${process.versions.cldr}): locale, calendar, style, day, string.`);
let turn = 0;
for (const locale of locales) for (const calendar of ["gregory", "persian", "islamic-umalqura"]) for (const dateStyle of ["full", "long", "medium", "short"]) {
  const printed = new Intl.DateTimeFormat(`${locale}-u-ca-${calendar}`, {dateStyle, timeZone: "UTC"});
  if (!printed.resolvedOptions().locale.startsWith(locale.split("-")[0])) continue;
  for (let k = 0; k < 4; k++) {  // four of the days, other ones each time
    const day = days[turn++ % days.length];
    console.log([locale, calendar, dateStyle, day, printed.format(new Date(day + "T12:00:00Z"))].join("\t"));
  }
  turn++;
}
