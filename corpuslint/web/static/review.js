"use strict";
(() => {
  const TEXT = {
    en: { accept: "Accept", edit: "Edit the fix", reject: "Reject", "false-alarm": "False alarm", split: "A second story begins here", save: "Save", cancel: "Cancel",
      decided: "decided", paragraphs: "Split this document at a paragraph", failed: "The decision was not written: " },
    ar: { accept: "قبول", edit: "تعديل الإصلاح", reject: "رفض", "false-alarm": "إنذار كاذب", split: "هنا يبدأ خبر ثانٍ", save: "حفظ", cancel: "إلغاء",
      decided: "القرار", paragraphs: "افصل هذه الوثيقة عند فقرة", failed: "لم يُكتب القرار: " },
    fa: { accept: "پذیرفتن", edit: "ویرایش اصلاح", reject: "رد کردن", "false-alarm": "هشدار نادرست", split: "خبر دوم از این‌جا آغاز می‌شود", save: "ذخیره", cancel: "انصراف",
      decided: "تصمیم", paragraphs: "این سند را در یک بند جدا کنید", failed: "تصمیم نوشته نشد: " },
  };
  const words = () => TEXT[document.documentElement.lang] || TEXT.en;
  const data = JSON.parse(document.getElementById("data").textContent);
  const token = new URLSearchParams(location.search).get("token") || "";
  const decided = data.decisions || {};
  let editing = null;

  const send = async (decision, render) => {
    const key = `${decision.file}\n${decision.fingerprint || decision.paragraph}`;
    const before = decided[key];
    decided[key] = decision.verdict;
    render();
    try {
      const answer = await fetch("/decisions", { method: "POST", headers: { "Content-Type": "application/json", "X-Corpuslint-Token": token }, body: JSON.stringify(decision) });
      if (!answer.ok) throw new Error(await answer.text());
    } catch (error) {
      decided[key] = before;
      render();
      const notice = document.createElement("p");
      notice.className = "notice"; notice.setAttribute("role", "alert"); notice.textContent = words().failed + error.message;
      document.getElementById("app").prepend(notice);
    }
  };

  window.corpuslintReview = {
    actions(item, finding, index, make, render) {
      const key = `${item.file}\n${finding.fingerprint}`;
      const verdict = decided[key];
      const decide = (name, content) => send({ verdict: name, code: finding.code, fingerprint: finding.fingerprint, file: item.file, ...(content === undefined ? {} : { content }) }, render);
      const choice = (name, act) => make("button", { "data-verdict": name, "data-finding": index, "aria-pressed": verdict === name, onclick: act || (() => decide(name)) }, words()[name]);
      const nodes = [choice("accept"), choice("reject"), choice("false-alarm")];
      if (finding.fix && finding.fix.editable) nodes.push(choice("edit", () => { editing = key; render(); }));
      const parts = [make("div", { class: "actions" }, nodes)];
      if (editing === key) {
        const field = make("textarea", { rows: 2, dir: "auto", "aria-label": words().edit, id: "edited" });
        field.value = finding.fix.content;
        parts.push(make("div", { class: "actions" }, field,
          make("button", { id: "save-edit", onclick: () => { editing = null; decide("edit", field.value); } }, words().save),
          make("button", { onclick: () => { editing = null; render(); } }, words().cancel)));
      }
      if (verdict) parts.push(make("div", { class: "muted", "data-decided": verdict }, `${words().decided}: ${words()[verdict]}`));
      return parts;
    },
    document(item, make, render) {
      return make("details", { class: "split" }, make("summary", {}, words().paragraphs),
        make("ol", {}, item.paragraphs.map(([key, beginning]) => make("li", {},
          make("button", { "data-split": key, "aria-pressed": decided[`${item.file}\n${key}`] === "split",
            onclick: () => send({ verdict: "split", paragraph: key, file: item.file }, render) }, words().split), " ",
          make("span", { dir: "auto" }, beginning)))));
    },
  };
})();
