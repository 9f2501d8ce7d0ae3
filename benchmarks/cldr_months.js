// Names of months in every Arabic-script locale and calendar, as ICU prints them, for corpuslint/facts/data/months.tsv:
//     node benchmarks/cldr_months.js > corpuslint/facts/data/months.tsv
const locales = ["ar", "ar-SA", "ar-SY", "ar-DZ", "ar-MA", "ar-MR", "fa", "fa-AF", "ur", "ps", "ckb", "ckb-IR", "ug", "sd", "ks", "lrc", "mzn",
  "uz-Arab", "pa-Arab", "kk-Arab"];
const calendars = {gregorian: "gregory", jalali: "persian", hijri: "islamic-umalqura"};
const day = 24 * 3600 * 1000, rows = new Set();
for (const locale of locales) for (const [calendar, tag] of Object.entries(calendars)) for (const month of ["long", "short"]) {
  const wanted = `${locale}-u-ca-${tag}-nu-latn`;
  const named = new Intl.DateTimeFormat(wanted, {day: "numeric", month, year: "numeric", timeZone: "UTC"});
  const numbered = new Intl.DateTimeFormat(`en-u-ca-${tag}`, {month: "numeric", timeZone: "UTC"});
  if (!named.resolvedOptions().locale.startsWith(locale.split("-")[0])) continue;
  for (let at = Date.UTC(2023, 0, 10); at < Date.UTC(2024, 0, 10); at += 15 * day) {
    const name = named.formatToParts(at).find((part) => part.type === "month").value;
    const number = parseInt(numbered.formatToParts(at).find((part) => part.type === "month").value);
    if (/\p{L}/u.test(name) && !/^M?\d/.test(name)) rows.add(`${calendar}\t${number}\t${name}`);
  }
}
console.log("# Month names as ICU " + process.versions.icu + " prints them (CLDR " + process.versions.cldr + "): calendar, number, name.");
console.log("# Made by benchmarks/cldr_months.js; what news writes beside these stands in corpuslint/languages.");
console.log([...rows].sort().join("\n"));
