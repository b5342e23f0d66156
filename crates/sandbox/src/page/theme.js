// Light and dark: as the system says, until somebody chooses
{
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const theme = document.getElementById("theme");
  const NAME = "booking-errors-theme";

  const paint = () => {
    const chosen = root.dataset.theme;
    theme.setAttribute("aria-checked", String(chosen ? chosen === "dark" : system.matches));
  };

  theme.addEventListener("click", () => {
    const chosen = theme.getAttribute("aria-checked") === "true" ? "light" : "dark";
    root.dataset.theme = chosen;
    try {
      localStorage.setItem(NAME, chosen);
    } catch {
      // a browser may forbid it; the choice then ends with the page
    }
    paint();
  });
  system.addEventListener("change", paint);

  try {
    const chosen = localStorage.getItem(NAME);
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    // see above
  }
  paint();
}
