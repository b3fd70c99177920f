/** What an app's log says about the configuration, for people: one line per problem, errors first, then the state of every market. */
export function configurationLines(log) {
  const entries = log.split('\n').flatMap(decode);
  const problems = entries.filter(({ event }) => event === 'configuration.problem');
  const markets = entries.filter(({ event }) => event === 'configuration.market');
  return [
    ...problems
      .sort((a, b) => rank(a) - rank(b))
      .map(({ level, file, path, problem }) => `${level}: ${file}${path ? ` ${path}` : ''}: ${problem}`),
    ...markets.map(({ tenant, market, state }) => `market ${tenant}/${market}: ${state}`),
  ];
}

function decode(line) {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

function rank({ level }) {
  return level === 'error' ? 0 : 1;
}
