import { resolveReferences } from './environment';
import { Problem, Report } from './problem';

function resolve(source: string, env: Record<string, string | undefined>) {
  const problems: Problem[] = [];
  const result = resolveReferences(source, env, new Report(problems, { file: 'connectors.json', path: '[0].host' }));
  return { ...result, problems };
}

describe('resolveReferences', () => {
  it('leaves text without a reference alone', () => {
    expect(resolve('plain $text {x}', {})).toEqual({ text: 'plain $text {x}', reference: false, problems: [] });
  });

  it('fills in several references in one text', () => {
    expect(resolve('${ID}:${PASSWORD}', { ID: '90000-1', PASSWORD: 'p$&w' })).toEqual({
      text: '90000-1:p$&w',
      reference: true,
      problems: [],
    });
  });

  it('does not look for references in a value', () => {
    expect(resolve('${A}', { A: '${B}', B: 'never' }).text).toBe('${B}');
  });

  it.each([{}, { SITOO_KEY: '' }, { SITOO_KEY: undefined }])('names a variable that is missing or empty', (env) => {
    const { text, problems } = resolve('x-${SITOO_KEY}', env);
    expect(text).toBeUndefined();
    expect(problems).toMatchObject([
      { severity: 'error', code: 'VARIABLE_MISSING', path: '[0].host', message: expect.stringContaining('SITOO_KEY') },
    ]);
  });

  it('takes nothing from the prototype of the environment', () => {
    expect(resolve('${toString}', {}).problems).toHaveLength(1);
  });

  it.each(['${}', '${a b}', '${A-B}'])('refuses the name in %s', (source) => {
    expect(resolve(source, {}).problems).toMatchObject([{ code: 'REFERENCE_NAME' }]);
  });

  it('refuses a reference that is not closed', () => {
    expect(resolve('${OPEN', { OPEN: 'x' })).toMatchObject({ text: undefined, problems: [{ code: 'REFERENCE_UNCLOSED' }] });
  });
});
