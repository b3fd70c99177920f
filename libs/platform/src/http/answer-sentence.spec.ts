import { sentenceOf } from './answer-sentence';

test.each([
  [
    'a problem with field errors',
    {
      type: 'about:blank',
      title: 'One or more validation errors occurred.',
      status: 400,
      errors: { 'orderForm.lineItems[0].quantity': ['must be above 0.'] },
    },
    'One or more validation errors occurred (orderForm.lineItems[0].quantity: must be above 0)',
  ],
  [
    'a problem whose detail repeats its errors',
    { title: 'Not valid.', detail: "status 'X' is unknown", errors: { status: ["status 'X' is unknown"] } },
    "Not valid: status 'X' is unknown",
  ],
  [
    'a problem whose detail is its title',
    { title: 'There is no such connector.', detail: 'There is no such connector.' },
    'There is no such connector',
  ],
  ['many field errors', { title: 'No', errors: { a: ['1', '2'], b: '3', c: ['4', '5'] } }, 'No (a: 1; a: 2; b: 3; and 2 more)'],
  ['field errors alone', { errors: { a: ['is missing'] } }, 'a: is missing'],
  [
    "Sitoo's error",
    { statuscode: 400, errortext: "Invalid field 'sku' provided in request body" },
    "Invalid field 'sku' provided in request body",
  ],
])('%s is told in words', (_, body, sentence) => {
  expect(sentenceOf(JSON.stringify(body))).toBe(sentence);
});

test.each(['', 'Bad Request', '<html>no</html>', '{"code":7}', '["no"]', 'null', '{"title":'])(
  'what is no problem document stays as it is: %j',
  (body) => {
    expect(sentenceOf(body)).toBe(body);
  },
);
