/** `<id>.<metric>` in its two parts. Ids hold no dot, so the first one divides. */
export function splitMetric(metric: string): { readonly id: string; readonly name: string } {
  const dot = metric.indexOf('.')
  return { id: metric.slice(0, dot), name: metric.slice(dot + 1) }
}
