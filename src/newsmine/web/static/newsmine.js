// Everything works without this; it only saves a click.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.sort");
  if (form) form.requestSubmit();
});
