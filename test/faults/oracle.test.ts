import { describe, expect, it } from 'vitest';
import { judge } from './oracle.js';
import { Story } from './story.js';

/** What the oracle finds, a line each. */
function found(story: Story, history = false): string[] {
  return judge(story.evidence(history)).violations.map(({ kind, user, fp, says }) => {
    return `${kind}: ${user} ${fp ?? '-'}: ${says}`;
  });
}

/** Alice and bob are online. */
const online = () => new Story().login('alice', 1).login('bob', 1);

describe('a run in which all went well', () => {
  it('is not blamed', () => {
    expect(found(online().send('alice', 'm1').receive('m1').send('bob', 'm2').receive('m2'))).toEqual([]);
  });

  it('may write again on a new connection, and get copies', () => {
    const story = online().type('alice', 'm1').write('m1').read('m1').pass('m1').accept('m1').receive('m1');
    story.leave('alice', 1).login('alice', 2).write('m1', 2).read('m1', 2).pass('m1').accept('m1', 2).hear('m1', 2);
    expect(found(story.status('m1', 'delivered').arrive('m1').thank('m1'))).toEqual([]);
  });

  it('may write again on the same connection after 3 s', () => {
    const story = online().type('alice', 'm1').write('m1').wait(3_000).write('m1').read('m1').pass('m1').accept('m1');
    expect(found(story.hear('m1').status('m1', 'delivered').receive('m1'))).toEqual([]);
  });

  it('may lose what it has announced', () => {
    const story = online().send('alice', 'm1').receive('m1').send('alice', 'm2');
    const since = story.lines.find((line) => line.at === 'client' && line.fact.what === 'message')?.t;
    story.leave('bob', 1).login('bob', 2, since);
    expect(found(story)).toEqual([]);
    expect([...judge(story.evidence()).inGaps]).toEqual(['m2']);
  });

  it('may have its gaps filled from the history', () => {
    const story = online().send('alice', 'm1').leave('bob', 1).login('bob', 2, 0).row('bob', 'm1');
    expect(found(story, true)).toEqual([]);
    expect(judge(story.evidence(true)).inGaps.size).toBe(0);
  });
});

describe('own messages', () => {
  it('lost: the server never accepted it', () => {
    expect(found(online().type('alice', 'm1').write('m1').status('m1', 'failed'))).toEqual([
      'own lost: alice m1: the server never accepted it; its status is failed',
      'own stuck: alice m1: in the end it is failed',
    ]);
  });

  it('lost: read by the server, and refused', () => {
    expect(found(online().type('alice', 'm1').write('m1').read('m1'))).toEqual([
      'own lost: alice m1: the server never accepted it; its status is undefined',
      'own stuck: alice m1: in the end it is undefined',
    ]);
  });

  it('stuck: accepted, but nobody told the user', () => {
    const story = online().type('alice', 'm1').write('m1').read('m1').pass('m1').accept('m1').receive('m1');
    expect(found(story.status('m1', 'sending'))).toEqual(['own stuck: alice m1: in the end it is sending']);
  });

  it('taken back is not lost', () => {
    expect(found(online().type('alice', 'm1').status('m1', 'cancelled'))).toEqual([]);
  });

  it('I2: delivered without an answer', () => {
    const story = online().type('alice', 'm1').write('m1').read('m1').pass('m1').accept('m1').receive('m1');
    expect(found(story.status('m1', 'delivered').hear('m1'))).toEqual([
      'false success: alice m1: delivered without an answer',
    ]);
  });

  it('I2: delivered on the strength of an answer that the server did not give', () => {
    const story = online().type('alice', 'm1').write('m1').hear('m1').status('m1', 'delivered').read('m1').pass('m1');
    expect(found(story.accept('m1').receive('m1'))).toEqual([
      'false success: alice m1: delivered, but not accepted by the server',
    ]);
  });

  it('I3: another frame at the second try', () => {
    const story = online().type('alice', 'm1').write('m1').leave('alice', 1).login('alice', 2).write('m1', 2, 'other');
    story.read('m1', 2, 'frame of m1').pass('m1').accept('m1', 2).hear('m1', 2).status('m1', 'delivered').receive('m1');
    expect(found(story)).toEqual(['identity: alice m1: written as frame of m1 and as other']);
  });

  it('I3: another frame at the server', () => {
    const story = online().type('alice', 'm1').write('m1').read('m1', 1, 'garbled').pass('m1').accept('m1').hear('m1');
    expect(found(story.status('m1', 'delivered').receive('m1'))).toEqual([
      'identity: alice m1: written as frame of m1 and as garbled',
    ]);
  });

  it('I3: a new fingerprint at the second try', () => {
    const story = online().type('alice', 'm1').write('m1').write('m9').read('m9').pass('m9').accept('m9').receive('m9');
    expect(found(story)).toEqual([
      'own lost: alice m1: the server never accepted it; its status is undefined',
      'own stuck: alice m1: in the end it is undefined',
      'identity: alice m9: nobody typed text of m9',
      'identity: alice m9: nobody typed text of m9',
      'invented: bob m9: nobody sent text of m9',
    ]);
  });

  it('I3: two messages with one fingerprint', () => {
    expect(found(online().send('alice', 'm1').receive('m1').type('alice', 'm1'))).toEqual([
      'identity: alice m1: a second message has this fingerprint',
    ]);
  });

  it('I4: an own message comes back', () => {
    const story = online().send('alice', 'm1').receive('m1');
    story.client('alice', { what: 'message', fp: 'm1', from: 'alice', content: 'text of m1' });
    expect(found(story)).toContain('own duplicated: alice m1: came back as a message of somebody else');
  });

  it('I5: written out of order', () => {
    const story = online().type('alice', 'm1').type('alice', 'm2').write('m2').write('m1');
    for (const fp of ['m1', 'm2']) story.read(fp).pass(fp).accept(fp).hear(fp).status(fp, 'delivered').receive(fp);
    expect(found(story)).toEqual(['own out of order: alice m1: written after one that was typed later']);
  });

  it('I5: accepted in another order, as the receiver was away for the first', () => {
    const story = online().type('alice', 'm1').type('alice', 'm2').write('m1').write('m2').read('m1').read('m2');
    for (const fp of ['m2', 'm1']) story.pass(fp).accept(fp).hear(fp).status(fp, 'delivered').receive(fp);
    expect(found(story)).toEqual([]);
  });

  it('I5: read by the server out of order', () => {
    const story = online().type('alice', 'm1').type('alice', 'm2').write('m1').write('m2');
    for (const fp of ['m2', 'm1']) story.read(fp).pass(fp).accept(fp).hear(fp).status(fp, 'delivered').receive(fp);
    expect(found(story)).toEqual(['own out of order: alice m1: read by the server after one that was typed later']);
  });
});

describe('messages of others', () => {
  it('lost in silence', () => {
    expect(found(online().send('alice', 'm1'))).toEqual(['inbound lost: bob m1: outside of every announced gap']);
  });

  it('lost before the gap that was announced', () => {
    const story = online().send('alice', 'm1').wait(100).receive('m0-never-sent');
    const since = story.lines.at(-1)?.t;
    expect(found(story.leave('bob', 1).login('bob', 2, since))).toContain(
      'inbound lost: bob m1: outside of every announced gap',
    );
  });

  it('lost after the last gap that was announced', () => {
    const story = online().leave('bob', 1).login('bob', 2, 0).type('alice', 'm1').write('m1').read('m1').pass('m1', 2);
    expect(found(story.accept('m1').hear('m1').status('m1', 'delivered'))).toEqual([
      'inbound lost: bob m1: outside of every announced gap',
    ]);
  });

  it('lost in a gap that a history should have filled', () => {
    const story = online().send('alice', 'm1').leave('bob', 1).login('bob', 2, 0);
    expect(found(story)).toEqual([]);
    expect(found(story, true)).toEqual(['inbound lost: bob m1: not even the history brought it']);
  });

  it('brought by a history, though no gap was announced', () => {
    expect(found(online().send('alice', 'm1').row('bob', 'm1'), true)).toEqual([
      'inbound lost: bob m1: outside of every announced gap',
    ]);
  });

  it('lost in the client, gap or not', () => {
    const story = online().send('alice', 'm1').arrive('m1').thank('m1').leave('bob', 1).login('bob', 2, 0);
    expect(found(story)).toEqual([
      'inbound lost: bob m1: arrived, and was not shown',
      'acknowledgement: bob m1: acknowledged before it was shown',
    ]);
  });

  it('lost in the server', () => {
    const story = online().type('alice', 'm1').write('m1').read('m1').accept('m1').hear('m1').status('m1', 'delivered');
    expect(found(story)).toEqual(['inbound lost: bob m1: accepted, and never passed on']);
  });

  it('what comes by a socket that was given up has not arrived', () => {
    const story = online().send('alice', 'm1').leave('bob', 1).arrive('m1').login('bob', 2, 0);
    expect(found(story)).toEqual([]);
    expect(judge(story.evidence()).inGaps.size).toBe(1);
  });

  it('I4: shown twice', () => {
    expect(found(online().send('alice', 'm1').receive('m1').receive('m1'))).toEqual([
      'inbound duplicated: bob m1: announced twice',
    ]);
  });

  it('I6: shown in another order than they arrived', () => {
    const story = online().send('alice', 'm1').send('alice', 'm2').arrive('m1').arrive('m2').show('m2').show('m1');
    expect(found(story.thank('m1').thank('m2'))).toEqual([
      'inbound out of order: bob m1: announced after one that arrived later',
    ]);
  });

  it('I6: a later copy moves nothing', () => {
    const story = online().send('alice', 'm1').send('alice', 'm2').receive('m2').receive('m1').arrive('m2').thank('m2');
    expect(found(story)).toEqual([]);
  });

  it('made up, or altered', () => {
    expect(found(online().send('alice', 'm1').show('m1').arrive('m1').thank('m1'))).toEqual([
      'invented: bob m1: announced, but it had not arrived',
    ]);
    expect(found(online().send('alice', 'm1').arrive('m1').show('m1', 'else').thank('m1'))).toEqual([
      'invented: bob m1: nobody sent else',
    ]);
  });
});

describe('what is on the screen', () => {
  const talk = () => online().send('alice', 'm1').receive('m1').send('alice', 'm2').receive('m2');

  it('once, and in order, for both', () => {
    const rows = { m1: 'delivered', m2: 'delivered' };
    expect(found(talk().screen('alice', rows).screen('bob', { m1: 'received', m2: 'received' }))).toEqual([]);
  });

  it('twice', () => {
    const story = talk();
    const rows = ['m1', 'm1', 'm2'].map((fp) => ({ fp, status: 'received' }));
    expect(found(story.client('bob', { what: 'screen', rows }))).toEqual([
      'inbound duplicated: bob m1: twice on the screen',
    ]);
  });

  it('not at all', () => {
    expect(found(talk().screen('alice', { m2: 'delivered' }))).toEqual(['own lost: alice m1: not on the screen']);
    expect(found(talk().screen('bob', { m1: 'received' }))).toEqual(['inbound lost: bob m2: not on the screen']);
  });

  it('I5: own messages moved', () => {
    expect(found(talk().screen('alice', { m2: 'delivered', m1: 'delivered' }))).toEqual([
      'own out of order: alice m1: on the screen below one that was typed later',
    ]);
  });

  it('I6: messages of others moved, but one from the history may stand anywhere', () => {
    expect(found(talk().screen('bob', { m2: 'received', m1: 'received' }))).toEqual([
      'inbound out of order: bob m1: on the screen below a later one',
    ]);
    const story = online().send('alice', 'm1').leave('bob', 1).login('bob', 2, 0).send('alice', 'm2').receive('m2', 2);
    expect(found(story.row('bob', 'm1').screen('bob', { m1: 'received', m2: 'received' }))).toEqual([]);
  });

  it('an own message that is called something else than it is', () => {
    expect(found(talk().screen('alice', { m1: 'delivered', m2: 'sending' }))).toEqual([
      'own stuck: alice m2: the screen says sending, and it is delivered',
    ]);
  });
});

describe('conduct on the wire', () => {
  it('I7: no acknowledgement, and one too many', () => {
    expect(found(online().send('alice', 'm1').arrive('m1').show('m1'))).toEqual([
      'acknowledgement: bob m1: arrived, and was not acknowledged',
    ]);
    expect(found(online().send('alice', 'm1').receive('m1').thank('m1'))).toEqual([
      'acknowledgement: bob m1: acknowledged once too often',
    ]);
  });

  it('I7: on another socket than it came by', () => {
    const story = online()
      .send('alice', 'm1')
      .arrive('m1')
      .show('m1')
      .leave('bob', 1)
      .login('bob', 2, 0)
      .thank('m1', 2);
    expect(found(story)).toEqual([
      'acknowledgement: bob m1: arrived, and was not acknowledged',
      'acknowledgement: bob m1: acknowledged once too often',
    ]);
  });

  it('I8: written again too early', () => {
    const story = online().type('alice', 'm1').write('m1').wait(2_900).write('m1').read('m1').pass('m1').accept('m1');
    expect(found(story.hear('m1').status('m1', 'delivered').receive('m1'))).toEqual([
      'retry: alice m1: written again after 2910 ms',
    ]);
  });

  it('I9: two sockets at once, two logins on one', () => {
    expect(found(online().login('bob', 2, 0))).toEqual(['two sockets: bob -: live at once: 1, 2']);
    const content = JSON.stringify({ loginUserId: 'bob' });
    const login = { what: 'frame', generation: 1, dir: 'out', type: 0, fp: null, content, text: '' } as const;
    expect(found(online().client('bob', login))).toEqual(['two sockets: bob -: two logins on socket 1']);
  });

  it('I15: no announcement at a login, or two', () => {
    const silent = online().client('bob', { what: 'state', state: 'connected' });
    expect(found(silent)).toEqual(['resync: bob -: announced 0 times before a login']);
    const twice = online()
      .leave('bob', 1)
      .client('bob', { what: 'resync', since: 0, reason: 'lost' })
      .login('bob', 2, 0);
    expect(found(twice)).toEqual(['resync: bob -: announced 2 times before a login']);
  });
});

describe('fates', () => {
  it('count the copies that the server read and wrote', () => {
    const story = online().type('alice', 'm1').write('m1').read('m1').pass('m1').accept('m1').read('m1').pass('m1');
    const fate = judge(story.evidence()).fates.get('m1');
    expect([fate?.writes, fate?.copies.length]).toEqual([2, 2]);
    const [read] = story.evidence().server.filter(({ frame }) => frame?.fp === 'm1');
    expect(fate?.acceptedAt).toBe(read?.t);
  });
});
