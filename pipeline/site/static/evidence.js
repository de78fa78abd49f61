// The page works without this: it brings the record's box into sight, steps to other records by keys, and tells of an
// image that could not be drawn.
(() => {
  const frame = document.querySelector(".sheet-frame");
  const image = frame && frame.querySelector("img");

  const show = () => {
    const box = frame.querySelector("rect.own");
    if (!box) return;
    const own = box.getBoundingClientRect();
    const around = frame.getBoundingClientRect();
    frame.scrollTop += own.top - around.top - frame.clientHeight / 3;
    frame.scrollLeft += own.left - around.left - frame.clientWidth / 4;
  };
  const missing = () => {
    document.querySelector(".no-image").hidden = false;
    frame.hidden = true;
  };
  if (image) {
    show();
    image.addEventListener("load", show);
    image.addEventListener("error", missing);
    if (image.complete && !image.naturalWidth) missing();
    for (const zoom of document.querySelectorAll("input[name=zoom]")) zoom.addEventListener("change", show);
  }

  // Only where no field, list or frame has a use for the key itself.
  const taken = "input, select, textarea, button, summary, [contenteditable], .sheet-frame, .table-wrapper";
  const steps = { j: "next", k: "prev", ArrowRight: "next", ArrowLeft: "prev" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (event.target.closest && event.target.closest(taken)) return;
    const link = steps[event.key] && document.querySelector(`a[rel=${steps[event.key]}]`);
    if (link) link.click();
  });
})();
