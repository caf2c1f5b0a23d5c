// Another program on the machine: it spins on a core while it is told to, and ends with whoever started it.
let spinning = false

process.on('message', (message) => {
  spinning = message === 'spin'
  process.send(message)
  if (spinning) spin()
})
process.on('disconnect', () => process.exit())

function spin() {
  if (!spinning) return
  const end = performance.now() + 10
  while (performance.now() < end);
  // Between two turns, so that a message is heard.
  setImmediate(spin)
}
