"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const PAGE = 50;
  const WORDS = {
    en: { lang: "English", documents: "documents", findings: "findings", families: "Findings by family", sources: "Findings by source",
      months: "Findings by month", rules: "Most frequent rules", values: "Metadata values that a dataset leaves out", severities: "By severity", all: "all", search: "Search text and titles",
      family: "Family", severity: "Severity", source: "Source", rule: "Rule", unknown: "no source", before: "As it is", after: "After every fix",
      lifted: "Lifted into metadata", story: "Second story, split off", boundary: "a second story begins here", none: "No document matches.",
      previous: "Previous", next: "Next", page: "page", of: "of", sampled: "Too much text for one page: {shown} of {total} documents with findings are shown, drawn by a hash of their ids. The charts count all of them.",
      cut: "This document is long; only its beginning is shown.", error: "error", warning: "warning", info: "info", fix: "Fix", safe: "safe", unsafe: "unsafe", display: "suggestion",
      because: "because", theme: "Light or dark", whole: "whole document", list: "Documents", clean: "clean", confidence: "confidence", interface: "Language of this page",
      errors: "errors", warnings: "warnings", infos: "notes", accepted: "accepted", first: "What to do first", command: "What mends it", share: "Share", example: "Example",
      charts: "Charts", sort: "Order", worst: "worst first", inFile: "as in the files", comma: ", ", perYear: "Findings by year", filtered: "Filters", keys: "Keys: j k documents, n p findings" },
    ar: { lang: "العربية", documents: "وثيقة", findings: "ملاحظة", families: "الملاحظات بحسب الفئة", sources: "الملاحظات بحسب المصدر",
      months: "الملاحظات بحسب الشهر", rules: "أكثر القواعد تكرارًا", values: "قيم وصفية لا تدخل مجموعة البيانات", severities: "بحسب الخطورة", all: "الكل", search: "ابحث في النصوص والعناوين",
      family: "الفئة", severity: "الخطورة", source: "المصدر", rule: "القاعدة", unknown: "بلا مصدر", before: "كما هو", after: "بعد كل الإصلاحات",
      lifted: "نُقل إلى البيانات الوصفية", story: "خبر ثانٍ فُصل عن النص", boundary: "هنا يبدأ خبر ثانٍ", none: "لا وثيقة توافق البحث.",
      previous: "السابق", next: "التالي", page: "صفحة", of: "من", sampled: "النصوص أكثر مما تسعه صفحة واحدة: تُعرض {shown} من {total} وثيقة فيها ملاحظات، اختيرت بحسب بصمة معرّفاتها. الرسوم تحسبها كلها.",
      cut: "هذه وثيقة طويلة؛ يُعرض أولها فقط.", error: "خطأ", warning: "تحذير", info: "معلومة", fix: "إصلاح", safe: "آمن", unsafe: "غير آمن", display: "اقتراح",
      because: "لأن", theme: "فاتح أو داكن", whole: "الوثيقة كلها", list: "الوثائق", clean: "سليمة", confidence: "الثقة", interface: "لغة هذه الصفحة",
      errors: "أخطاء", warnings: "تحذيرات", infos: "معلومات", accepted: "مقبول", first: "بماذا تبدأ", command: "ما يصلحها", share: "النسبة", example: "مثال",
      charts: "الرسوم", sort: "الترتيب", worst: "الأسوأ أولًا", inFile: "كما في الملفات", comma: "، ", perYear: "الملاحظات بحسب السنة", filtered: "التصفية", keys: "المفاتيح: j k للوثائق، n p للملاحظات" },
    fa: { lang: "فارسی", documents: "سند", findings: "یافته", families: "یافته‌ها به تفکیک خانواده", sources: "یافته‌ها به تفکیک منبع",
      months: "یافته‌ها به تفکیک ماه", rules: "پرتکرارترین قاعده‌ها", values: "مقدارهای فراداده که در مجموعه‌داده نمی‌آیند", severities: "به تفکیک شدت", all: "همه", search: "جست‌وجو در متن و عنوان",
      family: "خانواده", severity: "شدت", source: "منبع", rule: "قاعده", unknown: "بدون منبع", before: "همان‌گونه که هست", after: "پس از همهٔ اصلاح‌ها",
      lifted: "به فراداده منتقل شد", story: "خبر دوم که جدا شد", boundary: "خبر دوم از این‌جا آغاز می‌شود", none: "سندی یافت نشد.",
      previous: "قبلی", next: "بعدی", page: "صفحهٔ", of: "از", sampled: "متن‌ها برای یک صفحه زیاد است: {shown} سند از {total} سند دارای یافته نشان داده می‌شود که با درهم‌ساز شناسه‌شان برگزیده شده‌اند. نمودارها همه را می‌شمارند.",
      cut: "این سند بلند است؛ تنها آغاز آن نشان داده می‌شود.", error: "خطا", warning: "هشدار", info: "آگاهی", fix: "اصلاح", safe: "امن", unsafe: "ناامن", display: "پیشنهاد",
      because: "زیرا", theme: "روشن یا تاریک", whole: "کل سند", list: "سندها", clean: "پاک", confidence: "اطمینان", interface: "زبان این صفحه",
      errors: "خطا", warnings: "هشدار", infos: "آگاهی", accepted: "پذیرفته", first: "از کجا آغاز کنیم", command: "چگونه اصلاح می‌شود", share: "سهم", example: "نمونه",
      charts: "نمودارها", sort: "ترتیب", worst: "نخست بدترین", inFile: "به ترتیب پرونده", comma: "، ", perYear: "یافته‌ها به تفکیک سال", filtered: "پالایش", keys: "کلیدها: j k سندها، n p یافته‌ها" },
  };
  let words = WORDS.en;
  const state = { family: "", severity: "", source: "", rule: "", search: "", order: "worst", page: 0, item: -1, finding: -1 };
  const LEVELS = ["error", "warning", "info"];
  const PLURAL = { error: "errors", warning: "warnings", info: "infos" };
  const extension = window.corpuslintReview || null;
  if (extension) extension.state = state;

  const make = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("aria-")) { node.setAttribute(name, String(value)); continue; }
      if (value === undefined || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value === true ? "" : String(value));
    }
    for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) node.append(child);
    return node;
  };
  const number = (value) => value.toLocaleString({ en: "en", ar: "ar-EG", fa: "fa-IR" }[document.documentElement.lang]);

  const RTL = /([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff](?:[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200c\u200d\s.,0-9-]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff])?)/;
  const english = (text) => text.split(RTL).map((part, index) => (index % 2 ? make("bdi", {}, part) : part));

  const bar = (parts, most) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 100 10"); svg.setAttribute("preserveAspectRatio", "none"); svg.setAttribute("aria-hidden", "true");
    let at = 0;
    for (const [kind, count] of parts) {
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const width = most ? (count / most) * 100 : 0;
      rect.setAttribute("x", document.documentElement.dir === "rtl" ? 100 - at - width : at);
      rect.setAttribute("width", width); rect.setAttribute("height", 10); rect.setAttribute("class", kind);
      svg.append(rect); at += width;
    }
    return svg;
  };
  const chart = (title, rows, choose) => {
    if (!rows.length) return null;
    const most = Math.max(...rows.map((row) => row.parts.reduce((sum, part) => sum + part[1], 0)));
    return make("section", { class: "chart" }, make("h3", {}, title), make("table", {}, make("tbody", {}, rows.map((row) => {
      const total = row.parts.reduce((sum, part) => sum + part[1], 0);
      const label = choose ? make("button", { onclick: () => choose(row.key), title: row.hint }, row.label) : row.label;
      return make("tr", {}, make("th", { scope: "row", dir: "auto", title: row.hint }, label),
        make("td", {}, bar(row.parts, most)), make("td", { class: "count" }, number(total)));
    }))));
  };
  const months = (pairs) => {
    if (!pairs.length) return null;
    const long = pairs.length > 60;
    const counts = new Map();
    for (const [month, count] of pairs) { const key = long ? month.slice(0, 4) : month; counts.set(key, (counts.get(key) || 0) + count); }
    const rows = [...counts];
    const most = Math.max(...rows.map(([, count]) => count), 1);
    const width = 100 / rows.length;
    const columns = rows.map(([, count], index) => {
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const at = document.documentElement.dir === "rtl" ? rows.length - 1 - index : index;
      const height = (count / most) * 40;
      for (const [name, value] of [["x", at * width + width * 0.1], ["y", 40 - height], ["width", width * 0.8], ["height", height], ["class", "plain"]]) rect.setAttribute(name, value);
      return rect;
    });
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 100 40"); svg.setAttribute("preserveAspectRatio", "none"); svg.setAttribute("class", "months"); svg.setAttribute("aria-hidden", "true");
    svg.append(...columns);
    return make("section", { class: "chart" }, make("h3", {}, long ? words.perYear : words.months), svg,
      make("div", { class: "ends muted" }, make("span", {}, rows[0][0]), make("span", {}, rows[rows.length - 1][0])),
      make("table", { class: "sr" }, make("tbody", {}, rows.map(([key, count]) => make("tr", {}, make("th", { scope: "row" }, key), make("td", {}, number(count)))))));
  };
  const overview = () => {
    const view = data.overview;
    const plain = (pairs, label) => pairs.map(([key, count]) => ({ key, label: label(key), parts: [["plain", count]] }));
    return make("details", { class: "overview", id: "charts" }, make("summary", {}, words.charts), make("div", { class: "grid" },
      chart(words.families, view.families.map(([family, counts]) => ({ key: family, label: family,
        parts: LEVELS.map((level) => [level, counts[level] || 0]) })), (key) => filter({ family: key })),
      chart(words.severities, Object.entries(view.severities).map(([level, count]) => ({ key: level, label: words[level], parts: [[level, count]] })), (key) => filter({ severity: key })),
      chart(words.rules, view.rules.slice(0, 12).map(([code, count]) => ({ key: code, label: code, hint: data.rules[code] && data.rules[code].name, parts: [["plain", count]] })), (key) => filter({ rule: key })),
      chart(words.sources, plain(view.sources, (key) => key || words.unknown), (key) => filter({ source: key || "\u0000" })),
      months(view.months),
      chart(words.values, plain(view.values, (key) => key))));
  };
  const first = () => data.overview.first.length ? make("section", { class: "first", "aria-label": words.first }, make("h2", {}, words.first),
    make("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": words.first }, make("table", {},
      make("thead", {}, make("tr", {}, [words.rule, words.documents, words.share, words.example, words.command].map((text) => make("th", { scope: "col" }, text)))),
      make("tbody", {}, data.overview.first.map((row) => make("tr", {},
        make("th", { scope: "row" }, make("button", { "aria-pressed": state.rule === row.code, onclick: () => filter({ rule: state.rule === row.code ? "" : row.code }) }, row.code), " ",
          make("span", { class: `badge ${row.severity}` }, words[row.severity]), " ", make("span", { dir: "ltr" }, (data.rules[row.code] || {}).summary || "")),
        make("td", { class: "count" }, number(row.documents)), make("td", { class: "count" }, `${number(row.share)}%`),
        make("td", {}, make("bdi", {}, row.example)), make("td", { dir: "ltr" }, make("code", {}, row.command)))))))) : null;

  const matches = (item) => {
    if (state.source && (state.source === "\u0000" ? item.source : item.source !== state.source)) return false;
    if (state.family || state.severity || state.rule) {
      if (!item.findings.some((f) => (!state.family || f.code.startsWith(state.family)) && (!state.severity || f.severity === state.severity) && (!state.rule || f.code === state.rule))) return false;
    }
    if (state.search) {
      const wanted = state.search.toLowerCase();
      if (![item.id, item.title, item.source].some((value) => value && value.toLowerCase().includes(wanted))
        && !item.before.some(([segments]) => segments.map((s) => s[0]).join("").toLowerCase().includes(wanted))) return false;
    }
    return true;
  };
  const badness = data.items.map((item) => item.findings.reduce((sum, finding) => sum + { error: 10000, warning: 100, info: 1 }[finding.severity], 0));
  const matching = () => {
    const found = data.items.map((item, index) => [item, index]).filter(([item]) => matches(item));
    return state.order === "worst" ? found.sort((left, right) => badness[right[1]] - badness[left[1]] || left[1] - right[1]) : found;
  };

  const paragraphs = (item, lines, marked) => make("div", { class: "text", dir: "auto" }, lines.map(([segments, boundary]) => {
    const nodes = [];
    if (marked && boundary >= 0) {
      const finding = item.findings[boundary];
      nodes.push(make("hr", { class: "boundary" }), make("div", { class: "boundary-note", dir: document.documentElement.dir },
        `${finding.code} · ${words.boundary} (${words.confidence} ${finding.confidence}) ` + evidence(finding)));
    }
    nodes.push(make("p", { dir: "auto" }, segments.map(([text, findings]) => {
      if (!marked || !findings.length) return text;
      const worst = ["error", "warning", "info"].find((level) => findings.some((f) => item.findings[f].severity === level));
      return make("mark", { class: `${worst}${text ? "" : " point"}${findings.includes(state.finding) ? " on" : ""}`, tabindex: 0,
        title: findings.map((f) => `${item.findings[f].code} ${item.findings[f].message}`).join("\n"),
        onclick: () => select(findings[0]), onkeydown: (event) => { if (event.key === "Enter") select(findings[0]); } }, text || "\u2038");
    })));
    return nodes;
  }));
  const evidence = (finding) => {
    const facts = Object.entries(finding.evidence).map(([key, value]) => `${key}: ${value}`);
    return facts.length ? `${words.because} ${facts.join("; ")}` : "";
  };
  const findingEntry = (item, finding, index) => make("li", { class: `${finding.severity}${index === state.finding ? " on" : ""}`, id: `finding-${index}` },
    make("button", { id: `place-${index}`, onclick: () => select(index), "aria-pressed": index === state.finding }, finding.span ? `${finding.row}:${finding.column}` : words.whole), " ",
    make("span", { class: "code" }, finding.code), " ", make("span", { class: `badge ${finding.severity}` }, words[finding.severity]), " ",
    make("span", { class: "muted" }, data.rules[finding.code] ? data.rules[finding.code].name : ""),
    make("div", { dir: "ltr", class: "message" }, english(finding.message)),
    evidence(finding) ? make("div", { class: "muted message", dir: "ltr" }, english(evidence(finding))) : null,
    finding.fix ? make("div", { class: "fix" }, `${words.fix} (${extension && extension.isAccepted(item, finding) ? words.accepted : words[finding.fix.applicability]}): `, make("bdi", {}, finding.fix.title)) : null,
    extension ? extension.actions(item, finding, index, make, render) : null);

  const documentView = (item) => {
    if (!item) return make("main", { class: "document", id: "document" }, make("p", { class: "muted" }, words.none));
    const fields = ["source", "published", "language", "title"].filter((key) => item[key]);
    return make("main", { class: "document", id: "document", "aria-live": "polite" },
      make("h2", { dir: "auto", id: "title", tabindex: -1 }, item.title || item.name), make("div", { class: "muted", dir: "ltr" }, item.name),
      fields.length ? make("dl", { class: "fields" }, fields.map((key) => [make("dt", {}, key), make("dd", { dir: "auto" }, item[key])])) : null,
      item.cut ? make("p", { class: "notice" }, words.cut) : null,
      make("div", { class: "work" }, make("div", { class: item.after ? "sides two" : "sides" },
        make("section", { "aria-label": words.before }, make("h3", {}, words.before), paragraphs(item, item.before, true)),
        item.after ? make("section", { "aria-label": words.after }, make("h3", {}, words.after), paragraphs(item, item.after, false),
          Object.keys(item.lifted || {}).length ? [make("h4", {}, words.lifted), make("dl", { class: "fields" }, Object.entries(item.lifted).map(([key, value]) => [make("dt", {}, key), make("dd", { dir: "auto" }, value)]))] : null,
          (item.stories || []).map((story) => [make("h4", {}, words.story), paragraphs(item, story, false)])) : null,
        extension && extension.document ? extension.document(item, make, render) : null),
      make("ol", { class: "findings", tabindex: 0, "aria-label": words.findings }, item.findings.map((finding, index) => findingEntry(item, finding, index)))));
  };
  const near = (node) => { if (node) node.scrollIntoView({ block: "nearest" }); };
  const remember = () => {
    const item = data.items[state.item];
    if (!item) return;
    const finding = item.findings[state.finding];
    history.replaceState(null, "", `#${new URLSearchParams({ document: item.id, ...(finding ? { finding: finding.fingerprint } : {}) })}`);
  };
  const select = (index) => { state.finding = index; render(); remember(); near(document.querySelector("mark.on")); near(document.getElementById(`finding-${index}`)); };
  const filter = (change) => {
    Object.assign(state, change, { page: 0, finding: -1 });
    const found = matching();
    state.item = found.length ? found[0][1] : -1;
    render(); near(document.getElementById("filters"));
  };
  const open = (index) => { state.item = index; state.finding = -1; render(); remember(); };

  const selector = (label, key, options) => make("label", {}, make("span", {}, `${label} `), make("select", { "data-filter": key, onchange: (event) => filter({ [key]: event.target.value }) },
    make("option", { value: "" }, words.all), options.map(([value, text]) => make("option", { value, selected: state[key] === value }, text))));
  const filters = () => make("div", { class: "filters", role: "search", id: "filters", "aria-label": words.filtered },
    make("label", {}, make("span", {}, `${words.sort} `), make("select", { "data-filter": "order", onchange: (event) => filter({ order: event.target.value }) },
      [["worst", words.worst], ["file", words.inFile]].map(([value, text]) => make("option", { value, selected: state.order === value }, text)))),
    selector(words.family, "family", data.overview.families.map(([family]) => [family, family])),
    selector(words.severity, "severity", LEVELS.map((level) => [level, words[level]])),
    selector(words.source, "source", [...new Set(data.items.map((item) => item.source))].sort().map((source) => [source || "\u0000", source || words.unknown])),
    selector(words.rule, "rule", Object.entries(data.rules).map(([code, rule]) => [code, `${code} ${rule.name}`])),
    make("input", { type: "search", id: "search", "aria-label": words.search, placeholder: words.search, dir: "auto", value: state.search,
      onchange: (event) => filter({ search: event.target.value }) }));
  const list = (found) => {
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    state.page = Math.min(state.page, pages - 1);
    const turn = (step) => { state.page += step; render(); };
    return make("nav", { class: "list", "aria-label": words.list },
      make("div", { class: "pager" }, make("button", { onclick: () => turn(-1), disabled: state.page === 0 }, words.previous),
        make("span", { class: "muted" }, `${words.page} ${number(state.page + 1)} ${words.of} ${number(pages)} · ${number(found.length)} ${words.documents}`),
        make("button", { onclick: () => turn(1), disabled: state.page >= pages - 1 }, words.next)),
      make("ol", {}, found.slice(state.page * PAGE, (state.page + 1) * PAGE).map(([item, index]) => make("li", {}, make("button",
        { class: "entry", id: `entry-${index}`, "data-index": index, "aria-current": index === state.item, onclick: () => open(index) },
        make("span", { class: "name", dir: "auto" }, item.title || item.name),
        make("span", { class: "tally" }, LEVELS.map((level) => [level, item.findings.filter((f) => f.severity === level).length])
          .filter(([, count]) => count).map(([level, count]) => `${words[PLURAL[level]]}: ${number(count)}`).join(" · ")))))));
  };
  const head = () => make("header", { class: "top" }, make("h1", { dir: "auto" }, data.title),
    make("span", { class: "muted" }, `${number(data.documents)} ${words.documents}${words.comma}${number(data.documents - data.withFindings)} ${words.clean}`),
    make("span", { class: "spread" }), make("span", { class: "muted", dir: "ltr" }, data.tool),
    make("label", {}, make("span", { class: "sr" }, words.interface), make("select", { id: "interface", onchange: (event) => speak(event.target.value) },
      Object.entries(WORDS).map(([code, entry]) => make("option", { value: code, selected: words === entry }, entry.lang)))),
    make("button", { id: "theme", onclick: () => { const root = document.documentElement; root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark"; } }, words.theme));

  const speak = (code) => { words = WORDS[code]; document.documentElement.lang = code; document.documentElement.dir = code === "en" ? "ltr" : "rtl"; render(); };
  const render = () => {
    const app = document.getElementById("app");
    const focused = document.activeElement && document.activeElement.id;
    const chartsOpen = (document.getElementById("charts") || {}).open;
    const scroll = window.scrollY;
    const beside = (document.querySelector("ol.findings") || {}).scrollTop || 0;
    const found = matching();
    if (state.item < 0 && found.length) state.item = found[0][1];
    app.replaceChildren(head(),
      data.shown < data.withFindings ? make("p", { class: "notice" }, words.sampled.replace("{shown}", number(data.shown)).replace("{total}", number(data.withFindings))) : "",
      first() || "", overview(), filters(), make("div", { class: "columns" }, list(found), documentView(data.items[state.item])),
      make("footer", { class: "muted" }, extension ? extension.keys() : words.keys));
    if (chartsOpen) document.getElementById("charts").open = true;
    if (focused) { const again = document.getElementById(focused); if (again) again.focus({ preventScroll: true }); }
    window.scrollTo(0, scroll);
    const list_ = document.querySelector("ol.findings");
    if (list_) list_.scrollTop = beside;
  };
  const step = (by) => {
    const found = matching(); const at = found.findIndex(([, index]) => index === state.item);
    const next = found[at + by];
    if (!next) return false;
    state.page = Math.floor((at + by) / PAGE); open(next[1]); near(document.getElementById("title"));
    return true;
  };
  const stepFinding = (by) => {
    const item = data.items[state.item];
    const next = state.finding + by;
    if (item && next >= 0 && next < item.findings.length) select(next);
    else if (step(by)) { const now = data.items[state.item]; select(by > 0 ? 0 : now.findings.length - 1); }
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { j: () => step(1), k: () => step(-1), n: () => stepFinding(1), p: () => stepFinding(-1) }[event.key];
    if (act) { event.preventDefault(); act(); } else if (extension) extension.key(event, { state, data, select, stepFinding, render });
  });
  window.corpuslintReport = { data, state, render };
  const linked = new URLSearchParams(location.hash.slice(1));
  const place = data.items.findIndex((item) => item.id === linked.get("document"));
  if (place >= 0) { state.item = place; state.finding = data.items[place].findings.findIndex((finding) => finding.fingerprint === linked.get("finding")); }
  const asked = (navigator.language || "en").slice(0, 2);
  const remembered = new URLSearchParams(location.search).get("lang");
  if (WORDS[remembered || asked] && (remembered || asked) !== "en") speak(remembered || asked); else render();
})();
