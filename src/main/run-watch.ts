import type { Reporter, TestCase } from 'vitest/node'
import { Watchdog } from './watchdog.ts'
import { ReceivedCases } from '../record/receive.ts'

/** Follows one run of a file for a side of a comparison: what it sends, which tests are under way, and whether one blocks its process. */
export class RunWatch implements Reporter {
  received = new ReceivedCases()
  watchdog = new Watchdog()
  #underWay = new Set<string>()

  onTestRunStart(): void {
    this.received = new ReceivedCases()
    this.watchdog = new Watchdog()
    this.#underWay = new Set()
  }

  onTestCaseReady({ id }: TestCase): void {
    this.#underWay.add(id)
  }

  onTestCaseArtifactRecord(test: TestCase, artifact: { readonly type: string }): void {
    this.received.receive(test, artifact)
    this.watchdog.began(test, artifact)
  }

  onTestCaseResult(test: TestCase): void {
    this.watchdog.ended(test)
    this.#underWay.delete(test.id)
  }

  onTestRunEnd(): void {
    this.watchdog.endAll()
  }

  /** Had this test begun, and not ended? */
  isUnderWay(test: string): boolean {
    return this.#underWay.has(test)
  }
}
