/* Draws a figure from the JSON block it names:

     <div class="yh-chart" data-yh-chart="requests" role="img" aria-label="…"></div>
     {{ chart|json_script:"requests" }}

   chart: {"kind": "bar" or "line", "labels": ["11月", …],
           "series": [{"name": "受理", "values": [388, …]}, …]}, at most four series.

   Needs vendor/echarts.min.js (the small build) before it. Colours come from the CSS
   variables and follow the theme; the table beside the figure is its accessible form, so
   the figure itself is one image with a sentence. It is painted on a canvas, and the key
   above it is plain markup: no inline style. */
(() => {
  "use strict";

  const NARROW = 520;
  const NARROW_LABELS = 6;
  // A sheet between its margins and the letters of its tables, at 96 to the inch.
  const PAPER = { upright: 680, wide: 1030, height: 220, text: 12, sharpness: 3 };
  // The same order as .yh-key .yh-s1 … .yh-s4 in components.css.
  const PALETTE = ["--yh-brand-line", "--yh-brand", "--yh-amber-line", "--yh-blue"];
  const drawn = new Map();

  const written = (value) => Number(value).toLocaleString("en");
  const newest = (data) => data.series.map((one) => written(one.values.at(-1))).join(" / ");
  const firstColour = (data) => (data.series.length === 1 ? 1 : 0);

  function option(data, width, size) {
    const css = getComputedStyle(document.documentElement);
    const colour = (name) => css.getPropertyValue(name).trim();
    const text = {
      color: colour("--yh-ink-2"),
      fontSize: size,
      fontFamily: colour("--yh-sans"),
    };
    const line = data.kind === "line";
    const from = width < NARROW ? -NARROW_LABELS : 0;
    const labels = data.labels.slice(from);
    const palette = PALETTE.slice(firstColour(data));
    return {
      animation: false,
      color: palette.map(colour),
      grid: { left: 0, right: 4, top: 2.25 * size, bottom: 0, containLabel: true },
      xAxis: {
        type: "category",
        data: labels,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colour("--yh-line-2") } },
        axisLabel: text,
      },
      yAxis: {
        type: "value",
        splitNumber: 4,
        minInterval: 1,
        axisLabel: text,
        splitLine: { lineStyle: { color: colour("--yh-line") } },
      },
      series: data.series.map((one, number) => ({
        name: one.name,
        type: line ? "line" : "bar",
        data: one.values.slice(from),
        silent: true,
        barMaxWidth: 26,
        barGap: "8%",
        symbolSize: 6,
        lineStyle: { width: 2, type: number % 2 ? "solid" : "dashed" },
        // The newest figure is written out above its bar or pair of bars.
        label: {
          ...text,
          show: number === data.series.length - 1,
          position: "top",
          offset: [line || data.series.length === 1 ? 0 : -14, 0],
          formatter: (point) => (point.dataIndex === labels.length - 1 ? newest(data) : ""),
          color: colour("--yh-ink"),
          fontWeight: 600,
        },
      })),
    };
  }

  function addKey(place, data) {
    if (data.series.length < 2) return;
    const key = document.createElement("p");
    key.className = "yh-key";
    key.setAttribute("aria-hidden", "true");
    data.series.forEach((one, number) => {
      const entry = document.createElement("span");
      const patch = document.createElement("i");
      patch.className = `yh-s${number + 1}`;
      entry.append(patch, one.name);
      key.append(entry);
    });
    place.before(key);
  }

  const dataOf = (place) =>
    JSON.parse(document.getElementById(place.dataset.yhChart).textContent);

  function draw(place) {
    const data = dataOf(place);
    if (!drawn.has(place)) {
      if (!place.previousElementSibling?.matches(".yh-key")) addKey(place, data);
      drawn.set(place, echarts.init(place, null, { renderer: "canvas" }));
    }
    const chart = drawn.get(place);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    chart.resize();
    chart.setOption(option(data, place.clientWidth, 0.875 * rem), true);
  }

  /* The layout of the sheet is not there yet when printing begins, so the figure is drawn
     for the width that the sheet will have, as sharp as a printer. */
  function drawForPaper(place) {
    const isWide = document.body.classList.contains("yh-wide-sheet");
    const width = isWide ? PAPER.wide : PAPER.upright;
    forget(place);
    const chart = echarts.init(place, null, {
      renderer: "canvas",
      width,
      height: PAPER.height,
      devicePixelRatio: PAPER.sharpness,
    });
    drawn.set(place, chart);
    chart.setOption(option(dataOf(place), width, PAPER.text), true);
  }

  function forget(place) {
    drawn.get(place)?.dispose();
    drawn.delete(place);
  }

  const places = () => document.querySelectorAll("[data-yh-chart]");
  const drawAll = () => places().forEach(draw);

  /* Paper is light whatever the screen shows. */
  let screenTheme;
  addEventListener("beforeprint", () => {
    screenTheme = document.documentElement.dataset.bsTheme;
    document.documentElement.dataset.bsTheme = "light";
    places().forEach(drawForPaper);
  });
  addEventListener("afterprint", () => {
    document.documentElement.dataset.bsTheme = screenTheme || "light";
    places().forEach(forget);
    drawAll();
  });

  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 120);
  });
  document.addEventListener("yh:theme", drawAll);
  document.addEventListener("htmx:afterSettle", drawAll);
  drawAll();
})();
