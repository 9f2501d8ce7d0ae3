"use strict";
(() => {
  const TEXT = {
    en: { accept: "Accept", edit: "Edit the fix", reject: "Reject", "false-alarm": "False alarm", split: "A second story begins here", save: "Save", cancel: "Cancel",
      undecided: "Take back", decided: "decided", paragraphs: "Split this document at a paragraph", failed: "The decision was not written: ", alike: "All like this",
      words: "the same words ({n})", source: "this rule in this source ({n})", rule: "this rule everywhere ({n})", undone: "Taken back",
      keys: "Keys: j k documents · n p findings · a accept · r reject · f false alarm · e edit the fix · t take back · A R F the same for all with the same words · u undo the last decision" },
    ar: { accept: "قبول", edit: "تعديل الإصلاح", reject: "رفض", "false-alarm": "إنذار كاذب", split: "هنا يبدأ خبر ثانٍ", save: "حفظ", cancel: "إلغاء",
      undecided: "تراجع", decided: "القرار", paragraphs: "افصل هذه الوثيقة عند فقرة", failed: "لم يُكتب القرار: ", alike: "كل ما يشبهها",
      words: "الكلمات نفسها ({n})", source: "هذه القاعدة في هذا المصدر ({n})", rule: "هذه القاعدة في كل مكان ({n})", undone: "تم التراجع",
      keys: "المفاتيح: j k للوثائق · n p للملاحظات · a قبول · r رفض · f إنذار كاذب · e تعديل الإصلاح · t تراجع · A R F للكلمات نفسها كلها · u تراجع عن آخر قرار" },
    fa: { accept: "پذیرفتن", edit: "ویرایش اصلاح", reject: "رد کردن", "false-alarm": "هشدار نادرست", split: "خبر دوم از این‌جا آغاز می‌شود", save: "ذخیره", cancel: "انصراف",
      undecided: "پس گرفتن", decided: "تصمیم", paragraphs: "این سند را در یک بند جدا کنید", failed: "تصمیم نوشته نشد: ", alike: "همهٔ موارد مانند این",
      words: "همین واژه‌ها ({n})", source: "این قاعده در این منبع ({n})", rule: "این قاعده در همه جا ({n})", undone: "پس گرفته شد",
      keys: "کلیدها: j k سندها · n p یافته‌ها · a پذیرفتن · r رد کردن · f هشدار نادرست · e ویرایش اصلاح · t پس گرفتن · A R F برای همهٔ همین واژه‌ها · u برگرداندن واپسین تصمیم" },
  };
  const VERDICTS = ["accept", "reject", "false-alarm"];
  const AT_ONCE = 500;
  const words = () => TEXT[document.documentElement.lang] || TEXT.en;
  const data = JSON.parse(document.getElementById("data").textContent);
  const token = new URLSearchParams(location.search).get("token") || "";
  const decided = data.decisions || {};
  const history = [];
  let editing = null;

  const keyOf = (decision) => `${decision.file}\n${decision.fingerprint || decision.paragraph}`;
  const keep = (key, verdict) => { if (verdict && verdict !== "undecided") decided[key] = verdict; else delete decided[key]; };
  const tell = (message) => {
    const notice = document.createElement("p");
    notice.className = "notice"; notice.setAttribute("role", "alert"); notice.textContent = message;
    document.getElementById("app").prepend(notice);
  };

  /* Decisions are shown at once and written in requests of a bounded size; what was not written is taken back and said. */
  const send = async (decisions, render, { undoable = true } = {}) => {
    const before = decisions.map((decision) => [decision, decided[keyOf(decision)]]);
    if (undoable) history.push(before);
    for (const decision of decisions) keep(keyOf(decision), decision.verdict);
    render();
    for (let at = 0; at < decisions.length; at += AT_ONCE) {
      try {
        const body = JSON.stringify(decisions.slice(at, at + AT_ONCE));
        const answer = await fetch("/decisions", { method: "POST", headers: { "Content-Type": "application/json", "X-Corpuslint-Token": token }, body });
        if (!answer.ok) throw new Error(await answer.text());
      } catch (error) {
        for (const [decision, verdict] of before.slice(at)) keep(keyOf(decision), verdict);
        render();
        tell(words().failed + error.message);
        return;
      }
    }
  };
  const undo = (render) => {
    const last = history.pop();
    if (!last) return;
    const back = last.map(([decision, verdict]) => ({ ...decision, verdict: verdict || "undecided" }));
    send(back, render, { undoable: false }).then(() => tell(words().undone));
  };
  const one = (item, finding, verdict, content) => ({ verdict, code: finding.code, fingerprint: finding.fingerprint, file: item.file, ...(content === undefined ? {} : { content }) });
  const REACHES = {
    words: (item, finding) => (other, found) => found.words === finding.words && (found.fix || {}).content === (finding.fix || {}).content,
    source: (item) => (other) => other.source === item.source,
    rule: () => () => true,
  };
  const alike = (reach, item, finding) => {
    const fits = REACHES[reach](item, finding);
    const found = [];
    for (const other of data.items) for (const each of other.findings) {
      if (each.code === finding.code && fits(other, each) && (each === finding || !decided[`${other.file}\n${each.fingerprint}`])) found.push([other, each]);
    }
    return found;
  };

  window.corpuslintReview = {
    keys: () => words().keys,
    isAccepted: (item, finding) => ["accept", "edit"].includes(decided[`${item.file}\n${finding.fingerprint}`]),
    actions(item, finding, index, make, render) {
      const key = `${item.file}\n${finding.fingerprint}`;
      const verdict = decided[key];
      const choice = (name, act) => make("button", { id: `${name}-${index}`, "data-verdict": name, "data-finding": index, "aria-pressed": verdict === name, onclick: act || (() => send([one(item, finding, name)], render)) }, words()[name]);
      const nodes = VERDICTS.map((name) => choice(name));
      if (finding.fix && finding.fix.editable) nodes.push(choice("edit", () => { editing = key; render(); document.getElementById("edited").focus(); }));
      if (verdict) nodes.push(choice("undecided"));
      const parts = [make("div", { class: "actions" }, nodes)];
      if (editing === key) {
        const close = () => { editing = null; render(); document.getElementById(`edit-${index}`).focus(); };
        const field = make("textarea", { rows: 2, dir: "auto", "aria-label": words().edit, id: "edited", onkeydown: (event) => { if (event.key === "Escape") close(); } });
        field.value = finding.fix.content;
        parts.push(make("div", { class: "actions" }, field,
          make("button", { id: "save-edit", onclick: () => { const content = field.value; close(); send([one(item, finding, "edit", content)], render); } }, words().save),
          make("button", { id: "cancel-edit", onclick: close }, words().cancel)));
      }
      if (verdict) parts.push(make("div", { class: "muted", "data-decided": verdict }, `${words().decided}: ${words()[verdict]}`));
      if (index === window.corpuslintReport.state.finding) {
        parts.push(make("div", { class: "alike" }, make("div", { class: "muted" }, words().alike), Object.keys(REACHES).map((reach) => {
          const found = alike(reach, item, finding);
          return found.length < 2 ? null : make("div", { class: "actions" }, make("span", {}, words()[reach].replace("{n}", found.length)),
            VERDICTS.map((name) => make("button", { id: `${reach}-${name}-${index}`, "data-reach": reach, "data-all": name,
              onclick: () => send(found.map(([other, each]) => one(other, each, name)), render) }, words()[name])));
        })));
      }
      return parts;
    },
    document(item, make, render) {
      return make("details", { class: "split" }, make("summary", {}, words().paragraphs),
        make("ol", {}, item.paragraphs.map(([key, beginning], index) => {
          const held = decided[`${item.file}\n${key}`] === "split";
          return make("li", {}, make("button", { id: `split-${index}`, "data-split": key, "aria-pressed": held,
            onclick: () => send([{ verdict: held ? "undecided" : "split", paragraph: key, file: item.file }], render) }, words().split), " ",
          make("span", { dir: "auto" }, beginning));
        })));
    },
    key(event, { state, data: shown, select, stepFinding, render }) {
      if (event.key === "u") { event.preventDefault(); undo(render); return; }
      const item = shown.items[state.item];
      const finding = item && item.findings[state.finding];
      if (!finding) return;
      const name = { a: "accept", r: "reject", f: "false-alarm", t: "undecided" }[event.key.toLowerCase()];
      if (event.key === "e" && finding.fix && finding.fix.editable) {
        event.preventDefault(); document.getElementById(`edit-${state.finding}`).click();
      } else if (name) {
        event.preventDefault();
        const all = event.shiftKey && name !== "undecided" ? alike("words", item, finding) : [[item, finding]];
        send(all.map(([other, each]) => one(other, each, name)), render);
        if (name !== "undecided") stepFinding(1); else select(state.finding);
      }
    },
  };
})();
