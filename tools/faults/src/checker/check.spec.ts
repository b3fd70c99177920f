import { check, countByInvariant } from './check';
import { Story, goodStory } from './history.fixture';

const found = (story: Story) => check(story.entries);
const invariantsOf = (story: Story) => [...new Set(found(story).map(({ invariant }) => invariant))];

test('a run without a fault has no violations', () => {
  expect(found(goodStory())).toEqual([]);
});

describe('I1, terminal states', () => {
  test('an acknowledged event that no handler saw is lost', () => {
    const story = goodStory().event(12, 'e2', 'k2', 1).webhook(13, 'r2', ['e2']);
    expect(found(story)).toMatchObject([{ invariant: 'I1', message: expect.stringContaining('not even on the topic') }]);
  });

  test('an event that was not acknowledged is not held against anybody', () => {
    expect(found(goodStory().event(12, 'e2', 'k2', 1).webhook(13, 'r2', ['e2'], 503))).toEqual([]);
  });

  test('an event is acknowledged when one of its repetitions is', () => {
    const story = goodStory().event(12, 'e2', 'k2', 1).webhook(13, 'r2', ['e2'], 503).webhook(53, 'r2', ['e2'], 200);
    expect(invariantsOf(story)).toEqual(['I1']);
  });

  test('an event whose version never reached the target is lost', () => {
    const story = goodStory().event(40, 'e2', 'k1', 2).webhook(41, 'r2', ['e2']).record(1, 'k1', ['e2']).begin(45, 2, 'k1', ['e2'], 1, 1);
    expect(found(story)).toMatchObject([{ invariant: 'I1', message: expect.stringContaining('version 1 of 2') }]);
  });

  test('a fact that was dropped on the way is lost, although a newer version arrived', () => {
    const story = goodStory().event(12, 'e2', 'k1', 1).webhook(13, 'r2', ['e2']).record(1, 'k1', ['e2']);
    expect(found(story)).toMatchObject([{ invariant: 'I1', message: expect.stringContaining('no handler dealt with it') }]);
  });

  test('a newer version that carries the fact supersedes', () => {
    const story = goodStory().event(12, 'e2', 'k2', 1).webhook(13, 'r2', ['e2']).event(14, 'e3', 'k2', 2).webhook(15, 'r3', ['e3']);
    story.begin(60, 2, 'k2', ['e2', 'e3'], 2, 0).apply(61, 62, 2, 'k2', 2);
    expect(found(story)).toEqual([]);
  });

  test('parked work keeps its facts', () => {
    const parked = { type: 'parked' as const, key: 'k2', facts: ['e2'], reason: 'POISON', topic: 'work', partition: 0, offset: 1 };
    const story = goodStory()
      .expect({ mustPark: ['k2'] })
      .event(12, 'e2', 'k2', 1)
      .webhook(13, 'r2', ['e2']);
    expect(found(story.at(90, parked))).toEqual([]);
    const without = goodStory()
      .expect({ mustPark: ['k2'] })
      .event(12, 'e2', 'k2', 1)
      .webhook(13, 'r2', ['e2']);
    expect(invariantsOf(without.at(90, { ...parked, facts: [] }))).toEqual(['I1']);
  });

  test('a body that is no event is kept', () => {
    const story = goodStory().at(20, { type: 'webhook.sent', request: 'r9', gateway: 'g1', facts: [], kept: 'abc' });
    story.at(25, { type: 'webhook.answered', request: 'r9', gateway: 'g1', status: 200, ms: 5 });
    expect(invariantsOf(story)).toEqual(['I1']);
    expect(found(story.at(90, { type: 'kept', hash: 'abc' }))).toEqual([]);
  });

  test('a parked event is settled by work that was told of it, and lost when a newer version clears it unseen', () => {
    const story = (told: readonly string[]) =>
      goodStory()
        .event(20, 'e2', 'k2', 1)
        .webhook(21, 'r2', ['e2'])
        .begin(22, 2, 'k2', ['e2'], 1, 0)
        .at(23, { type: 'sink.fault', call: 2, process: 'c1', key: 'k2', how: 'park' })
        .begin(30, 3, 'k2', [...told], 2, 0)
        .apply(31, 32, 3, 'k2', 2);
    expect(found(story(['e2']))).toEqual([]);
    expect(invariantsOf(story([]))).toEqual(['I1']);
  });

  test('a record that nobody can read is parked', () => {
    const story = goodStory().at(20, { type: 'planted', topic: 'work', partition: 0, offset: 7, what: 'null value' });
    expect(invariantsOf(story)).toEqual(['I1']);
    expect(
      found(story.at(90, { type: 'parked', key: 'x', facts: [], reason: 'NOTICE_EMPTY', topic: 'work', partition: 0, offset: 7 })),
    ).toEqual([]);
  });
});

describe('I2, one creation', () => {
  const second = () => goodStory().begin(55, 2, 'k1', ['e1'], 1, 0, 'c2').apply(56, 60, 2, 'k1', 1, { process: 'c2', doubled: true });

  test('a second creation is a second booking', () => {
    expect(invariantsOf(second())).toEqual(['I2']);
  });

  test('one that was on its way while its process stood still is not', () => {
    expect(found(second().process(57, 'c2', 'frozen').process(70, 'c2', 'thawed'))).toEqual([]);
  });

  test('one that left after the process woke up is', () => {
    expect(invariantsOf(second().process(40, 'c2', 'frozen').process(50, 'c2', 'thawed'))).toEqual(['I2']);
  });
});

describe('I3, no way back', () => {
  const back = () =>
    goodStory()
      .event(12, 'e2', 'k1', 2)
      .begin(60, 2, 'k1', ['e2'], 2, 1)
      .apply(61, 65, 2, 'k1', 2)
      .begin(55, 3, 'k1', ['e1'], 1, 0, 'c2')
      .apply(70, 75, 3, 'k1', 1, { process: 'c2' });

  test('an older version over a newer one', () => {
    expect(invariantsOf(back())).toEqual(['I3']);
  });

  test('the same version again is no way back', () => {
    expect(found(goodStory().begin(60, 2, 'k1', ['e1'], 1, 0).apply(61, 65, 2, 'k1', 1))).toEqual([]);
  });

  test('a write that was refused changes nothing', () => {
    expect(found(goodStory().begin(60, 2, 'k1', ['e1'], 1, 0).apply(61, 65, 2, 'k1', 0, { applied: false }))).toEqual([]);
  });
});

describe('I4, one at a time', () => {
  const twice = (from: number, to: number) =>
    goodStory().begin(31, 2, 'k1', ['e1'], 1, 0, 'c2').apply(from, to, 2, 'k1', 1, { process: 'c2' });

  test('two writes of one key at a time', () => {
    expect(invariantsOf(twice(40, 60))).toEqual(['I4']);
  });

  test('one inside the other', () => {
    expect(invariantsOf(twice(40, 45))).toEqual(['I4']);
  });

  test('one after the other', () => {
    expect(found(twice(51, 60))).toEqual([]);
  });

  test('a write that never ended overlaps everything after it', () => {
    const story = goodStory().at(15, { type: 'sink.begin', call: 2, process: 'c2', key: 'k1', facts: [], source: 1, target: 0 });
    story.at(20, { type: 'sink.apply.start', call: 2, process: 'c2', key: 'k1', version: 1 });
    expect(invariantsOf(story)).toEqual(['I4']);
  });

  test('a frozen process is left aside', () => {
    expect(found(twice(40, 60).process(41, 'c2', 'frozen').process(90, 'c2', 'thawed'))).toEqual([]);
  });
});

describe('I6, commits', () => {
  test('a commit before the record was dealt with', () => {
    expect(invariantsOf(goodStory().committed(40, 1))).toEqual(['I6']);
  });

  test('a commit that goes back', () => {
    expect(invariantsOf(goodStory().committed(80, 0))).toEqual(['I6']);
  });

  test('a record that no handler ever saw may not be committed', () => {
    const story = goodStory().record(1, 'k2', ['e2']).committed(70, 2);
    expect(invariantsOf(story)).toEqual(['I6']);
  });

  test('a failed try ends it too: the work is on a delay topic by then', () => {
    const story = goodStory()
      .record(1, 'k2', ['e2'])
      .begin(61, 2, 'k2', ['e2'], 1, 0)
      .at(62, { type: 'sink.fault', call: 2, process: 'c1', key: 'k2', how: 'throw' });
    expect(found(story.committed(70, 2))).toEqual([]);
  });

  test('a try that left no mark has ended when its work is on a delay topic, and not before', () => {
    const story = (delayedAt: number) =>
      goodStory()
        .record(1, 'k2', ['e2'])
        .begin(61, 2, 'k2', ['e2'], 1, 0)
        .at(delayedAt, { type: 'delayed', topic: 'delay', key: 'k2', facts: ['e2'] })
        .committed(70, 2);
    expect(found(story(69))).toEqual([]);
    expect(invariantsOf(story(71))).toEqual(['I6']);
  });

  test('a record that nobody can read may be committed once it is parked', () => {
    const story = (parkedAt: number) =>
      goodStory()
        .record(1, 'x', ['e9'])
        .at(20, { type: 'planted', topic: 'work', partition: 0, offset: 1, what: 'a newer form' })
        .at(parkedAt, { type: 'parked', key: 'x', facts: [], reason: 'NOTICE_MALFORMED', topic: 'work', partition: 0, offset: 1 })
        .committed(70, 2);
    expect(found(story(69))).toEqual([]);
    expect(invariantsOf(story(71))).toEqual(['I6']);
  });

  test('partitions are apart', () => {
    expect(found(goodStory().committed(80, 0, 1))).toEqual([]);
  });
});

describe('I8, liveness', () => {
  test('records left over', () => {
    const story = goodStory();
    story.entries = story.entries.filter(({ type }) => type !== 'quiesced');
    expect(invariantsOf(story)).toEqual(['I8']);
    expect(found(story.quiesced(100, { ok: false, lag: 3 }))).toMatchObject([
      { invariant: 'I8', message: expect.stringContaining('3 records') },
    ]);
  });

  test('requests that found no 200', () => {
    const story = goodStory();
    story.entries = story.entries.filter(({ type }) => type !== 'quiesced');
    expect(found(story.quiesced(100, { ok: false, unacknowledged: 2 }))).toMatchObject([
      { message: expect.stringContaining('2 requests') },
    ]);
  });

  test('rest too late', () => {
    const story = goodStory();
    story.entries = story.entries.filter(({ type }) => type !== 'quiesced');
    expect(invariantsOf(story.quiesced(100, { ms: 10_001 }))).toEqual(['I8']);
  });
});

describe('I9, bounds', () => {
  test('an answer that makes a sender drop its events', () => {
    expect(invariantsOf(goodStory().webhook(20, 'r2', [], 500))).toEqual(['I9']);
  });

  test('an answer too late', () => {
    expect(invariantsOf(goodStory().webhook(20, 'r2', [], 503, 1_001))).toEqual(['I9']);
  });

  test('memory without a bound', () => {
    expect(invariantsOf(goodStory().at(20, { type: 'sample', process: 'c1', rssMb: 301 }))).toEqual(['I9']);
  });

  test('work parked although nothing is wrong with it', () => {
    const story = goodStory().at(90, {
      type: 'parked',
      key: 'k1',
      facts: ['e1'],
      reason: 'HANDLER_FAILED',
      topic: 'work',
      partition: 0,
      offset: 0,
    });
    expect(invariantsOf(story)).toEqual(['I9']);
  });
});

describe('I11, drain', () => {
  test('an exit in time and in order', () => {
    expect(found(goodStory().process(70, 'c1', 'term').process(80, 'c1', 'exited', 0))).toEqual([]);
  });

  test.each([
    ['no exit', (story: Story) => story],
    ['an exit too late', (story: Story) => story.process(70 + 5_001, 'c1', 'exited', 0)],
    ['an exit with an error', (story: Story) => story.process(80, 'c1', 'exited', 1)],
  ])('%s', (_name, end) => {
    expect(invariantsOf(end(goodStory().process(70, 'c1', 'term')))).toEqual(['I11']);
  });

  test('a request that was accepted and never answered', () => {
    const story = goodStory().webhook(65, 'r2', [], 0).process(70, 'g1', 'term').process(80, 'g1', 'exited', 0);
    expect(invariantsOf(story)).toEqual(['I11']);
  });

  test('a request that came after the signal and was refused', () => {
    expect(found(goodStory().webhook(71, 'r2', [], 0).process(70, 'g1', 'term').process(90, 'g1', 'exited', 0))).toEqual([]);
  });

  test('finished work that is redelivered', () => {
    const story = goodStory().process(70, 'c1', 'term').process(80, 'c1', 'exited', 0).begin(85, 2, 'k1', ['e1'], 1, 1, 'c2');
    expect(invariantsOf(story)).toEqual(['I11']);
  });

  test('work under way at the signal may be done again', () => {
    const story = goodStory().process(45, 'c1', 'term').process(80, 'c1', 'exited', 0).begin(85, 2, 'k1', ['e1'], 1, 1, 'c2');
    expect(found(story)).toEqual([]);
  });
});

test('I12: planted personal data in an output', () => {
  const story = goodStory().at(95, { type: 'scanned', where: 'gateway.log', bytes: 100, found: ['e-mail'] });
  expect(found(story)).toMatchObject([{ invariant: 'I12', message: expect.stringContaining('e-mail') }]);
});

test('the order of the lines in a file does not matter', () => {
  const story = goodStory();
  story.entries.reverse();
  expect(found(story)).toEqual([]);
});

test('counts by invariant', () => {
  expect(
    countByInvariant([
      { invariant: 'I1', message: '' },
      { invariant: 'I1', message: '' },
      { invariant: 'I6', message: '' },
    ]),
  ).toEqual({ I1: 2, I6: 1 });
});
