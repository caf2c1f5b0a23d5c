/** The fields of /proc/<pid>/stat that are used here, with their numbers in proc(5). Times are in ticks. */
export interface Stat {
  /** A dead process whose parent has not asked for it yet. */
  zombie: boolean
  ppid: number
  group: number
  session: number
  own_ticks: number
  waited_ticks: number
  threads: number
  virtual_bytes: number
  rss_pages: number
}

const space = 32
const bracket = 41
const minus = 45
const zero = 48

/** Field 4 and those after it by their number in proc(5), without making strings: this runs for every process at every interval. */
const fields = new Float64Array(25)

/** A pid of ten digits and a name in brackets: of at most 15 bytes, for threads of the kernel 63 (proc(5)). */
const nameEndsBefore = 80

/** Parses into `stat`. The name in field 2 may hold spaces and brackets, so the last bracket is where it ends. */
export function parseStat(buffer: Buffer, length: number, stat: Stat): void {
  let at = Math.min(length, nameEndsBefore)
  while (at > 0 && buffer[at] !== bracket) at--
  at += 2
  stat.zombie = buffer[at] === 90 || buffer[at] === 88
  at += 2
  for (let field = 4; field < fields.length && at < length; field++) {
    const negative = buffer[at] === minus
    if (negative) at++
    let value = 0
    for (; at < length && buffer[at] !== space; at++) value = value * 10 + ((buffer[at] ?? zero) - zero)
    fields[field] = negative ? -value : value
    at++
  }
  stat.ppid = fields[4] ?? 0
  stat.group = fields[5] ?? 0
  stat.session = fields[6] ?? 0
  stat.own_ticks = (fields[14] ?? 0) + (fields[15] ?? 0)
  stat.waited_ticks = (fields[16] ?? 0) + (fields[17] ?? 0)
  stat.threads = fields[20] ?? 0
  stat.virtual_bytes = fields[23] ?? 0
  stat.rss_pages = fields[24] ?? 0
}
