import { describe, expect, it } from 'vitest';
import { isPublicAddress, Resolver } from './address-guard.js';

const PRIVATE = [
  '127.0.0.1',
  '127.1.2.3',
  '127.255.255.255',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.255.255',
  '169.254.169.254',
  '169.254.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '100.100.100.200',
  '192.0.0.1',
  '192.0.0.192',
  '192.0.2.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  '192.88.99.1',
  '::',
  '::1',
  '0:0:0:0:0:0:0:1',
  '::127.0.0.1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::1',
  '64:ff9b:1:ffff::10.0.0.1',
  '100::1',
  '2001::1',
  '2001:0:7f00:1::',
  '2001:2::1',
  '2001:db8::1',
  '2001:10::1',
  '2001:20::1',
  '2002:7f00:1::',
  '2002:c0a8:101::1',
  '2002:a9fe:a9fe::',
  '3fff::1',
  'fc00::1',
  'fd00::1',
  'fd00:ec2::254',
  'fdff::1',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  'fec0::1',
  'feff::1',
  'ff00::1',
  'ff02::1',
  'ff0e::1',
  '5f00::1',
  '4000::1',
  '1::1',
  '',
  'localhost',
  'example.com',
  '1.2.3',
  '256.1.1.1',
  '0x7f.1',
  '2130706433',
  '127.1',
  '::g',
  '[::1]',
  '1.1.1.1:80',
  '08.8.8.8',
];
const PUBLIC = [
  '8.8.8.8',
  '1.1.1.1',
  '104.18.6.192',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '192.167.1.1',
  '2606:4700::6812:6c0',
  '2a00:1450:4001::1',
  '2600:1f18::1',
];

describe('addresses', () => {
  it.each(PRIVATE)('%j is not connected to unlisted', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  it.each(PUBLIC)('%j is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('the resolver', () => {
  const answer = [{ address: '8.8.8.8', family: 4 }];
  function resolverAt() {
    const state = { nowMs: 0, fails: false, asked: 0 };
    const resolver = new Resolver(
      (_hostname, callback) => {
        state.asked++;
        if (state.fails) callback(Object.assign(new Error('SERVFAIL'), { code: 'ESERVFAIL' }), []);
        else callback(null, answer);
      },
      () => state.nowMs,
    );
    const lookup = () =>
      new Promise<string>((resolve) => {
        resolver.lookup('api.example', (error, addresses) =>
          resolve(error ? error.message : (addresses[0]?.address ?? '')),
        );
      });
    return { state, lookup };
  }

  it('asks once for many connections of the same moment, and again a few seconds later', async () => {
    const { state, lookup } = resolverAt();
    await lookup();
    await lookup();
    expect(state.asked).toBe(1);
    state.nowMs = 6_000;
    await lookup();
    expect(state.asked).toBe(2);
  });

  it('goes on with what it knew while the name servers fail, for five minutes', async () => {
    const { state, lookup } = resolverAt();
    await lookup();
    state.fails = true;
    state.nowMs = 299_000;
    expect(await lookup()).toBe('8.8.8.8');
    state.nowMs = 301_000;
    expect(await lookup()).toBe('SERVFAIL');
  });
});
