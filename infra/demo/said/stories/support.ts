import type { Story } from '../story.js';
import { DAY_MS, HOUR_MS } from './moments.js';

const SYSTEM =
  'You answer customers of a bicycle shop. Be brief and friendly. Look an order up before you say anything about it. Never promise a date that the system does not state.';
const ORDER = { name: 'find_order', does: 'An order by its number or the customer’s address', parameters: ['query'] };

const shared = {
  ...{ app: 'support-assistant', agent: null, provider: 'openai-assistants', model: 'gpt-5.4-mini' },
  ...{ tags: { team: 'support', channel: 'chat' }, system: SYSTEM, tools: [ORDER] },
};

/** A customer who tells an address, a number and a card, none of which is kept. */
export const lateOrder = (untilMs: number): Story => ({
  ...shared,
  ...{ user: 'ana', streamed: false, named: { header: 'x-weir-conversation', id: 'ticket-48213' } },
  beginsAt: untilMs - 0.6 * HOUR_MS,
  turns: [
    {
      asks: 'Hi, my order has not come and I paid two weeks ago. My address is lena.brandt@posteo.example, the phone +49 30 901820.',
      answer: {
        calls: [
          {
            ...{ name: 'find_order', input: { query: 'lena.brandt@posteo.example' } },
            result:
              '{"order":"B-20817","state":"held","reason":"payment_review","paid_with":"4111 1111 1111 1111","ships_from":"Leipzig"}',
          },
        ],
      },
    },
    {
      answer: {
        says: 'I found it: order B-20817 is packed in Leipzig, but held, because the payment is still being checked. That is not your fault. Shall I ask our accounts team to release it today?',
      },
    },
    {
      asks: 'Yes please. The card was 4111 1111 1111 1111, in case they need it.',
      answer: {
        says: 'They do not, and please never write a card number into a chat. I have asked for the release; you will get a mail as soon as it ships.',
      },
    },
    {
      asks: 'Thanks. Can I still change the colour to green?',
      answer: {
        says: 'Yes, as long as it is held. Green is in stock in your size. I have noted it on B-20817.',
      },
    },
    {
      asks: 'Perfect, that is all.',
      answer: { says: 'Glad to help. Enjoy the ride!' },
    },
  ],
});

/** The same question answered twice: somebody went back and asked for something else. */
export const secondThoughts = (untilMs: number): Story => ({
  ...shared,
  ...{ user: 'dora', streamed: true, named: null, tools: [] },
  beginsAt: untilMs - 1.05 * DAY_MS,
  turns: [
    {
      asks: 'Draft an answer to a customer whose frame broke after fourteen months of use.',
      answer: {
        says: 'I am sorry to hear that. A frame is covered for five years, so this is ours to put right. Could you send two pictures of the crack and the number under the bottom bracket? We will send a new frame within a week of receiving them.',
      },
    },
    {
      asks: 'Shorter, and without the promise of a week.',
      answer: {
        says: 'I am sorry. Frames are covered for five years. Please send two pictures of the crack and the frame number, and we will replace it.',
      },
    },
    {
      asks: 'Make it more formal instead.',
      goesOnFrom: 1,
      afterMs: 70_000,
      answer: {
        says: 'We regret that the frame has failed. Frames carry a warranty of five years. Kindly provide two photographs of the damage and the serial number so that we may arrange a replacement.',
      },
    },
  ],
});

/** A person and a translator. */
export const translation = (untilMs: number): Story => ({
  ...shared,
  ...{ user: 'ben', model: 'gpt-5.4', streamed: true, named: null, tools: [] },
  system: 'You translate for a bicycle shop. Keep names of products as they are.',
  beginsAt: untilMs - 5.2 * HOUR_MS,
  turns: [
    {
      asks: 'Translate into Portuguese, friendly: “We are closed on Friday for stock-taking. Orders ship again on Monday.”',
      answer: {
        says: '“Na sexta-feira estamos fechados para inventário. Voltamos a enviar encomendas na segunda-feira.”',
      },
    },
    {
      asks: 'And for Brazil?',
      answer: {
        says: '“Na sexta-feira estaremos fechados para balanço. Os pedidos voltam a ser enviados na segunda-feira.”',
      },
    },
    {
      asks: 'Which of the two words for stock-taking would a customer in Lisbon not understand?',
      answer: { says: 'Neither, but “balanço” sounds Brazilian there; “inventário” is the usual word.' },
    },
  ],
});
