/** Charts by ECharts, loaded with the first. Colours are those of the page, so they follow light, dark and paper. */
const charts = new Map()
let library

const load = () =>
  (library ??= new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = '/app/page/echarts.js'
    script.addEventListener('load', () => resolve(globalThis.echarts))
    script.addEventListener('error', () => reject(new Error('图表没有读到')))
    document.head.append(script)
  }))

/** Draws once the place is on the page; without the library the table stays. */
export function drawn(place, data) {
  requestAnimationFrame(async () => {
    const echarts = await load().catch(() => undefined)
    if (!echarts || !place.isConnected) return
    const chart = echarts.init(place, undefined, { renderer: 'canvas' })
    charts.set(place, { chart, data })
    redraw(place)
    new ResizeObserver(() => chart.resize()).observe(place)
  })
}

function redraw(place) {
  const { chart, data } = charts.get(place)
  const style = getComputedStyle(place)
  const color = (name) => style.getPropertyValue(name).trim()
  const text = { color: color('--ink'), fontFamily: style.fontFamily, fontSize: 13 }
  const labelWidth = Math.min(180, place.clientWidth * 0.36)
  chart.setOption({
    animation: false,
    color: ['--one', '--two', '--three', '--four'].map(color),
    textStyle: text,
    grid: { top: 8, left: labelWidth + 12, right: 16, bottom: 24 },
    xAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: color('--soft') },
      splitLine: { lineStyle: { color: color('--line') } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: data.labels,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: color('--line') } },
      axisLabel: { ...text, width: labelWidth, overflow: 'truncate' },
    },
    series: data.series.map(({ name, values }) => ({
      type: 'bar',
      stack: 'all',
      name,
      barMaxWidth: 18,
      data: values.map((value) => value || null),
      label: { show: true, color: color('--on-bar'), fontSize: 12 },
    })),
  })
}

function redrawAll() {
  for (const [place, { chart }] of charts) {
    if (place.isConnected) {
      chart.resize()
      redraw(place)
    } else {
      chart.dispose()
      charts.delete(place)
    }
  }
}
for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', redrawAll)
addEventListener('beforeprint', () => {
  document.documentElement.dataset.paper = ''
  redrawAll()
})
addEventListener('afterprint', () => {
  delete document.documentElement.dataset.paper
  redrawAll()
})
