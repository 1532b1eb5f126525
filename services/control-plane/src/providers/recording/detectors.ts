import { DETECTORS, type Detector } from '@weir/transcripts';
import type { RedactionDetector } from './recording.types.js';

const WORDING: Readonly<Record<Detector, Omit<RedactionDetector, 'name'>>> = {
  private_key: { label: 'Private keys', finds: 'PEM and PGP blocks that begin with BEGIN … PRIVATE KEY.' },
  jwt: { label: 'JSON web tokens', finds: 'Tokens of three parts that begin with eyJ.' },
  anthropic_key: { label: 'Anthropic keys', finds: 'Keys that begin with sk-ant-.' },
  openai_key: { label: 'OpenAI keys', finds: 'Keys that begin with sk-, those of projects and services too.' },
  aws_access_key: {
    label: 'AWS access key ids',
    finds: 'Ids of 20 characters that begin with AKIA, ASIA, ABIA or ACCA.',
  },
  aws_secret_key: {
    label: 'AWS secret access keys',
    finds: 'Forty characters after a label such as aws_secret_access_key; without a label they are not known.',
  },
  google_key: { label: 'Google API keys', finds: 'Keys that begin with AIza.' },
  github_token: {
    label: 'GitHub tokens',
    finds: 'Tokens that begin with ghp_, gho_, ghu_, ghs_, ghr_ or github_pat_.',
  },
  slack_token: { label: 'Slack tokens', finds: 'Tokens that begin with xox and a letter.' },
  stripe_key: { label: 'Stripe keys', finds: 'Secret and restricted keys, live and test.' },
  email: { label: 'E-mail addresses', finds: 'Addresses in any alphabet.' },
  iban: { label: 'IBANs', finds: 'Account numbers whose length and check digits are right.' },
  payment_card: { label: 'Payment cards', finds: 'Card numbers whose check digit is right.' },
  us_ssn: { label: 'US social security numbers', finds: 'Nine digits in ranges that are issued.' },
  phone: { label: 'Phone numbers', finds: 'Numbers with a country code; without one, those of the United States.' },
};

export const REDACTION_DETECTORS: readonly RedactionDetector[] = DETECTORS.map((name) => ({ name, ...WORDING[name] }));
