"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const PAGE = 50;
  const WORDS = {
    en: { lang: "English", documents: "documents", findings: "findings", families: "Findings by family", sources: "Findings by source",
      months: "Findings by month", rules: "Most frequent rules", severities: "By severity", all: "all", search: "Search text and titles",
      family: "Family", severity: "Severity", source: "Source", rule: "Rule", unknown: "no source", before: "As it is", after: "After every fix",
      lifted: "Lifted into metadata", story: "Second story, split off", boundary: "a second story begins here", none: "No document matches.",
      previous: "Previous", next: "Next", page: "page", of: "of", sampled: "Too much text for one page: {shown} of {total} documents with findings are shown, drawn by a hash of their ids. The charts count all of them.",
      cut: "This document is long; only its beginning is shown.", error: "error", warning: "warning", info: "info", fix: "Fix", safe: "safe", unsafe: "unsafe", display: "suggestion",
      because: "because", theme: "Light or dark", whole: "whole document", list: "Documents", clean: "clean", confidence: "confidence", interface: "Language of this page" },
    ar: { lang: "العربية", documents: "وثيقة", findings: "ملاحظة", families: "الملاحظات بحسب الفئة", sources: "الملاحظات بحسب المصدر",
      months: "الملاحظات بحسب الشهر", rules: "أكثر القواعد تكرارًا", severities: "بحسب الخطورة", all: "الكل", search: "ابحث في النصوص والعناوين",
      family: "الفئة", severity: "الخطورة", source: "المصدر", rule: "القاعدة", unknown: "بلا مصدر", before: "كما هو", after: "بعد كل الإصلاحات",
      lifted: "نُقل إلى البيانات الوصفية", story: "خبر ثانٍ فُصل عن النص", boundary: "هنا يبدأ خبر ثانٍ", none: "لا وثيقة توافق البحث.",
      previous: "السابق", next: "التالي", page: "صفحة", of: "من", sampled: "النصوص أكثر مما تسعه صفحة واحدة: تُعرض {shown} من {total} وثيقة فيها ملاحظات، اختيرت بحسب بصمة معرّفاتها. الرسوم تحسبها كلها.",
      cut: "هذه وثيقة طويلة؛ يُعرض أولها فقط.", error: "خطأ", warning: "تحذير", info: "معلومة", fix: "إصلاح", safe: "آمن", unsafe: "غير آمن", display: "اقتراح",
      because: "لأن", theme: "فاتح أو داكن", whole: "الوثيقة كلها", list: "الوثائق", clean: "سليمة", confidence: "الثقة", interface: "لغة هذه الصفحة" },
    fa: { lang: "فارسی", documents: "سند", findings: "یافته", families: "یافته‌ها به تفکیک خانواده", sources: "یافته‌ها به تفکیک منبع",
      months: "یافته‌ها به تفکیک ماه", rules: "پرتکرارترین قاعده‌ها", severities: "به تفکیک شدت", all: "همه", search: "جست‌وجو در متن و عنوان",
      family: "خانواده", severity: "شدت", source: "منبع", rule: "قاعده", unknown: "بدون منبع", before: "همان‌گونه که هست", after: "پس از همهٔ اصلاح‌ها",
      lifted: "به فراداده منتقل شد", story: "خبر دوم که جدا شد", boundary: "خبر دوم از این‌جا آغاز می‌شود", none: "سندی یافت نشد.",
      previous: "قبلی", next: "بعدی", page: "صفحهٔ", of: "از", sampled: "متن‌ها برای یک صفحه زیاد است: {shown} سند از {total} سند دارای یافته نشان داده می‌شود که با درهم‌ساز شناسه‌شان برگزیده شده‌اند. نمودارها همه را می‌شمارند.",
      cut: "این سند بلند است؛ تنها آغاز آن نشان داده می‌شود.", error: "خطا", warning: "هشدار", info: "آگاهی", fix: "اصلاح", safe: "امن", unsafe: "ناامن", display: "پیشنهاد",
      because: "زیرا", theme: "روشن یا تاریک", whole: "کل سند", list: "سندها", clean: "پاک", confidence: "اطمینان", interface: "زبان این صفحه" },
  };
  let words = WORDS.en;
  const state = { family: "", severity: "", source: "", rule: "", search: "", page: 0, item: 0, finding: -1 };
  const extension = window.corpuslintReview || null;

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
  const number = (value) => value.toLocaleString(document.documentElement.lang === "en" ? "en" : undefined);

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
    return make("section", { class: "chart" }, make("h2", {}, title), make("table", {}, make("tbody", {}, rows.map((row) => {
      const total = row.parts.reduce((sum, part) => sum + part[1], 0);
      const label = choose ? make("button", { onclick: () => choose(row.key), title: row.hint }, row.label) : row.label;
      return make("tr", {}, make("th", { scope: "row", dir: "auto", title: row.hint }, label),
        make("td", {}, bar(row.parts, most)), make("td", { class: "count" }, number(total)));
    }))));
  };
  const overview = () => {
    const view = data.overview;
    const plain = (pairs, label) => pairs.map(([key, count]) => ({ key, label: label(key), parts: [["plain", count]] }));
    return make("div", { class: "overview" },
      chart(words.families, view.families.map(([family, counts]) => ({ key: family, label: family,
        parts: ["error", "warning", "info"].map((level) => [level, counts[level] || 0]) })), (key) => filter({ family: key })),
      chart(words.severities, Object.entries(view.severities).map(([level, count]) => ({ key: level, label: words[level], parts: [[level, count]] })), (key) => filter({ severity: key })),
      chart(words.rules, view.rules.slice(0, 12).map(([code, count]) => ({ key: code, label: code, hint: data.rules[code] && data.rules[code].name, parts: [["plain", count]] })), (key) => filter({ rule: key })),
      chart(words.sources, plain(view.sources, (key) => key || words.unknown), (key) => filter({ source: key || "\u0000" })),
      chart(words.months, plain(view.months, (key) => key)));
  };

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
  const matching = () => data.items.map((item, index) => [item, index]).filter(([item]) => matches(item));

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
    make("button", { onclick: () => select(index), "aria-pressed": index === state.finding }, finding.span ? `${finding.row}:${finding.column}` : words.whole), " ",
    make("span", { class: "code" }, finding.code), " ", make("span", { class: `badge ${finding.severity}` }, words[finding.severity]), " ",
    make("span", { class: "muted" }, data.rules[finding.code] ? data.rules[finding.code].name : ""),
    make("div", { dir: "auto" }, finding.message),
    evidence(finding) ? make("div", { class: "muted", dir: "auto" }, evidence(finding)) : null,
    finding.fix ? make("div", { class: "fix", dir: "auto" }, `${words.fix} (${words[finding.fix.applicability]}): ${finding.fix.title}`) : null,
    extension ? extension.actions(item, finding, index, make, render) : null);

  const documentView = (item) => {
    if (!item) return make("main", { class: "document", id: "document" }, make("p", { class: "muted" }, words.none));
    const fields = ["source", "published", "language", "title"].filter((key) => item[key]);
    return make("main", { class: "document", id: "document", "aria-live": "polite" },
      make("h2", { dir: "auto" }, item.title || item.id), make("div", { class: "muted", dir: "ltr" }, item.id),
      fields.length ? make("dl", { class: "fields" }, fields.map((key) => [make("dt", {}, key), make("dd", { dir: "auto" }, item[key])])) : null,
      item.cut ? make("p", { class: "notice" }, words.cut) : null,
      make("div", { class: item.after ? "sides two" : "sides" },
        make("section", { "aria-label": words.before }, make("h3", {}, words.before), paragraphs(item, item.before, true)),
        item.after ? make("section", { "aria-label": words.after }, make("h3", {}, words.after), paragraphs(item, item.after, false),
          Object.keys(item.lifted || {}).length ? [make("h4", {}, words.lifted), make("dl", { class: "fields" }, Object.entries(item.lifted).map(([key, value]) => [make("dt", {}, key), make("dd", { dir: "auto" }, value)]))] : null,
          (item.stories || []).map((story) => [make("h4", {}, words.story), paragraphs(item, story, false)])) : null),
      extension && extension.document ? extension.document(item, make, render) : null,
      make("ol", { class: "findings" }, item.findings.map((finding, index) => findingEntry(item, finding, index))));
  };
  const select = (index) => { state.finding = index; render(); const entry = document.getElementById(`finding-${index}`); if (entry) entry.scrollIntoView({ block: "nearest" }); };
  const filter = (change) => { Object.assign(state, change, { page: 0, finding: -1 }); const first = matching()[0]; state.item = first ? first[1] : -1; render(); };
  const open = (index) => { state.item = index; state.finding = -1; render(); };

  const selector = (label, key, options) => make("label", {}, make("span", {}, `${label} `), make("select", { "data-filter": key, onchange: (event) => filter({ [key]: event.target.value }) },
    make("option", { value: "" }, words.all), options.map(([value, text]) => make("option", { value, selected: state[key] === value }, text))));
  const filters = () => make("div", { class: "filters", role: "search" },
    selector(words.family, "family", data.overview.families.map(([family]) => [family, family])),
    selector(words.severity, "severity", ["error", "warning", "info"].map((level) => [level, words[level]])),
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
        { class: "entry", "data-index": index, "aria-current": index === state.item, onclick: () => open(index) },
        make("span", { class: "name", dir: "auto" }, item.title || item.id),
        make("span", { class: "tally" }, ["error", "warning", "info"].map((level) => [level, item.findings.filter((f) => f.severity === level).length])
          .filter(([, count]) => count).map(([level, count]) => `${number(count)} ${words[level]}`).join(" · ")))))));
  };
  const head = () => make("header", { class: "top" }, make("h1", { dir: "auto" }, data.title),
    make("span", { class: "muted" }, `${number(data.documents)} ${words.documents}, ${number(data.documents - data.withFindings)} ${words.clean}`),
    make("span", { class: "spread" }), make("span", { class: "muted", dir: "ltr" }, data.tool),
    make("label", {}, make("span", { class: "sr" }, words.interface), make("select", { id: "interface", onchange: (event) => speak(event.target.value) },
      Object.entries(WORDS).map(([code, entry]) => make("option", { value: code, selected: words === entry }, entry.lang)))),
    make("button", { id: "theme", onclick: () => { const root = document.documentElement; root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark"; } }, words.theme));

  const speak = (code) => { words = WORDS[code]; document.documentElement.lang = code; document.documentElement.dir = code === "en" ? "ltr" : "rtl"; render(); };
  const render = () => {
    const app = document.getElementById("app");
    const focused = document.activeElement && document.activeElement.id;
    const scroll = window.scrollY;
    const found = matching();
    app.replaceChildren(head(),
      data.shown < data.withFindings ? make("p", { class: "notice" }, words.sampled.replace("{shown}", number(data.shown)).replace("{total}", number(data.withFindings))) : "",
      overview(), filters(), make("div", { class: "columns" }, list(found), documentView(data.items[state.item])));
    if (focused) { const again = document.getElementById(focused); if (again) again.focus(); }
    window.scrollTo(0, scroll);
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const found = matching(); const at = found.findIndex(([, index]) => index === state.item);
    const next = found[at + step];
    if (next) { state.page = Math.floor((at + step) / PAGE); open(next[1]); }
  });
  window.corpuslintReport = { data, state, render };
  const asked = (navigator.language || "en").slice(0, 2);
  const remembered = new URLSearchParams(location.search).get("lang");
  if (WORDS[remembered || asked] && (remembered || asked) !== "en") speak(remembered || asked); else render();
})();
