// What readers of screens and keyboards need and the theme leaves out.
document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
document$.subscribe(() =>
  document.querySelectorAll(".md-typeset__scrollwrap").forEach((wide) => wide.setAttribute("tabindex", "0")),
);
