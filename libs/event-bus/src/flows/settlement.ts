import { outcomeRecorded, formatKey, type OutcomeRecord, type ParkedNotice } from '@connector/contracts';
import { Chains } from '../delay/chains';
import { rungs } from '../delay/rungs';
import type { RecordRef } from '../kafka/consumer';
import type { OutgoingRecord } from '../kafka/publisher';
import { encodeNotice, type Notice } from '../notices/envelope';
import { unionFacts } from '../notices/facts';
import { parkedRecord, parkedTombstone, type ParkedView } from '../parked/parked';
import type { Report } from '../report';
import { decide, type Decision } from './decision';
import { workTopics, type FlowDefinition } from './flow';
import type { Work } from './lanes';
import { retry, type Outcome, type Outcomes, type Reason } from './outcome';

/** What a settlement reaches out to. */
export interface Road {
  /** False when the runner was stopped before the records were through. */
  publish(records: readonly OutgoingRecord[]): Promise<boolean>;
  finish(ref: RecordRef): void;
  parked: Pick<ParkedView, 'has' | 'facts' | 'note'>;
  report: Report;
}

/** Turns a handler's outcomes into records on Kafka, and then into finished source records: in this order, so that nothing is lost between. */
export class Settlement {
  private readonly chains = new Chains(Date.now());

  constructor(
    private readonly flow: FlowDefinition,
    private readonly settings: { timeScale: number; recordOutcomes: boolean },
    private readonly road: Road,
  ) {}

  /** True when a newer delayed notice for this key is under way that carries everything this one does. */
  supersedes(notice: Notice, now: number): boolean {
    return this.chains.supersedes(notice, now);
  }

  /** Forgets delayed notices that another member has long taken over. */
  sweep(now: number): void {
    this.chains.sweep(now);
  }

  /** Hands what was parked for these keys to their handler: whatever it answers settles the parked facts too, so it has to know them. */
  joinParked(work: readonly Work[]): void {
    for (const piece of work) if (this.road.parked.has(piece.text)) piece.facts = unionFacts(this.road.parked.facts(piece.text), piece.facts);
  }

  /** Acts on the outcomes, and only then marks the source records as finished. */
  async settle(work: readonly Work[], outcomes: Outcomes, started: number): Promise<void> {
    const missing = retry({ code: 'HANDLER_LEFT_OUT', message: 'the handler answered nothing for this key' });
    const records: OutgoingRecord[] = [];
    const commits = work.map((piece) => {
      const outcome = outcomes.get(piece.text) ?? missing;
      return this.settleOne(piece, outcome, { started, batch: work.length }, records);
    });
    if (!(await this.road.publish(records))) return;
    for (const commit of commits) commit();
  }

  /** Adds what has to be on Kafka before the work counts as finished; returns what finishes it. */
  private settleOne(work: Work, outcome: Outcome, run: { started: number; batch: number }, records: OutgoingRecord[]): () => void {
    const { attempt, facts } = this.chains.join(work, Date.now());
    const decision = decide(outcome, { attempt, deferrals: work.deferrals }, this.flow.retry);
    records.push(...this.consequence(work, decision, facts, attempt), ...this.secondLook(work, outcome), ...this.told(work, outcome));
    if (this.settings.recordOutcomes) records.push(this.outcomeRecord(work, decision, outcome, attempt, run.started));
    return () => {
      this.note(work, decision, facts);
      for (const ref of work.refs) this.road.finish(ref);
      this.reportDelivery(work, decision, outcome, { attempt, ...run });
    };
  }

  private consequence(work: Work, decision: Decision, facts: Work['facts'], attempt: number): OutgoingRecord[] {
    switch (decision.kind) {
      case 'finish':
        return this.clearParked(work);
      case 'redirect':
        // The other key's notice carries the facts on, the parked ones included.
        return [
          this.notice(
            this.topicOf(work),
            formatKey(decision.key),
            { ...work, facts: unionFacts(work.facts, decision.facts) },
            { source: 'redirect', attempt: decision.attempt, deferrals: 0 },
          ),
          ...this.clearParked(work),
        ];
      case 'park':
        return [parkedRecord(this.parkedNotice(work, decision.reason, facts, attempt))];
      case 'delay': {
        const { rung } = decision;
        const dueAt = Date.now() + rung.delayMs * this.settings.timeScale;
        const chain = this.chains.begin(work.text, { attempt: decision.attempt, facts, dueAt });
        const { attempt: tries, deferrals } = decision;
        const batchLimit = decision.batchLimit ?? (Number.isFinite(work.batchLimit) ? work.batchLimit : undefined);
        const meta = { source: 'delay', attempt: tries, deferrals, chain, batchLimit, targetGroup: this.flow.group, ...bulkOf(work) };
        return [this.notice(rung.contract.topic, work.text, { ...work, facts }, meta)];
      }
    }
  }

  private clearParked({ text }: Work): OutgoingRecord[] {
    return this.road.parked.has(text) ? [parkedTombstone(this.flow.group, text)] : [];
  }

  /**
   * One more notice in a minute: when the handler asks for it, and for work that was taken over. Neither platform has conditional writes, so
   * a frozen member's late call can land after ours; the second look puts that right.
   */
  private secondLook(work: Work, outcome: Outcome): OutgoingRecord[] {
    const wanted = outcome.kind === 'done' && (outcome.verify === true || work.takenOver);
    if (!wanted || work.verifying) return [];
    const meta = { source: 'verify', attempt: 0, deferrals: 0, targetGroup: this.flow.group, verify: true, ...bulkOf(work) };
    return [this.notice(rungs[1].contract.topic, work.text, work, meta)];
  }

  private told(work: Work, outcome: Outcome): OutgoingRecord[] {
    if (outcome.kind !== 'done') return [];
    const meta = { source: 'family', attempt: 0, deferrals: 0 };
    return (outcome.tell ?? []).map(({ key, facts }) => this.notice(this.topicOf(work), formatKey(key), { ...work, facts: [...facts] }, meta));
  }

  private topicOf({ bulk }: Work): string {
    return workTopics(this.flow.contract)[bulk ? 'bulk' : 'live'];
  }

  private notice(topic: string, key: string, work: Work, meta: Omit<Notice['meta'], 'firstSeenAt'>): OutgoingRecord {
    return { topic, key, ...encodeNotice(work.facts, { ...meta, firstSeenAt: work.firstSeenAt }) };
  }

  private parkedNotice(work: Work, reason: Reason, facts: Work['facts'], attempts: number): ParkedNotice {
    const { topic, partition, offset } = work.refs[work.refs.length - 1]!;
    const { group } = this.flow;
    const { firstSeenAt, text: key } = work;
    return {
      group,
      key,
      topic,
      partition,
      offset: String(offset),
      reason,
      attempts: attempts + 1,
      firstSeenAt,
      parkedAt: Date.now(),
      facts,
    };
  }

  private outcomeRecord(work: Work, decision: Decision, outcome: Outcome, attempt: number, started: number): OutgoingRecord {
    const now = Date.now();
    const record: OutcomeRecord = {
      group: this.flow.group,
      key: work.text,
      outcome: nameOf(decision),
      attempt,
      receivedAt: work.firstSeenAt,
      doneAt: now,
      notices: work.refs.length,
      durationMs: now - started,
      // What is undefined is left out of the JSON.
      reason: 'reason' in decision ? decision.reason : undefined,
      ...(outcome.kind === 'done' ? traces(outcome) : {}),
      eventAt: work.facts[0]?.at,
    };
    return { topic: outcomeRecorded.topic, key: work.text, value: Buffer.from(JSON.stringify(record)) };
  }

  private note({ text }: Work, decision: Decision, facts: Work['facts']): void {
    if (decision.kind === 'delay') return;
    this.chains.end(text);
    this.road.parked.note(text, decision.kind === 'park' ? facts : undefined);
  }

  private reportDelivery(
    work: Work,
    decision: Decision,
    outcome: Outcome,
    { attempt, started, batch }: { attempt: number; started: number; batch: number },
  ): void {
    const now = Date.now();
    this.road.report({
      type: 'delivery',
      group: this.flow.group,
      key: work.text,
      outcome: nameOf(decision),
      reason: 'reason' in decision ? decision.reason?.code : undefined,
      effect: outcome.kind === 'done' ? outcome.effect : undefined,
      attempt,
      notices: work.refs.length,
      kinds: [...new Set(work.facts.map(({ kind }) => kind))],
      batch,
      sinceEventMs: work.facts[0] ? now - work.facts[0].at : undefined,
      sinceReceivedMs: now - work.firstSeenAt,
      handledMs: now - started,
      next: decision.kind === 'delay' ? decision.rung.name : decision.kind === 'redirect' ? formatKey(decision.key) : undefined,
    });
  }
}

function nameOf(decision: Decision): OutcomeRecord['outcome'] {
  if (decision.kind === 'finish' || decision.kind === 'delay') return decision.outcome;
  return decision.kind === 'park' ? 'parked' : 'redirect';
}

function bulkOf({ bulk }: Work): { bulk?: true } {
  return bulk ? { bulk } : {};
}

function traces({ effect, ruleVersion, hashBefore, hashAfter }: Extract<Outcome, { kind: 'done' }>): Partial<OutcomeRecord> {
  return { effect, ruleVersion, hashBefore, hashAfter };
}
