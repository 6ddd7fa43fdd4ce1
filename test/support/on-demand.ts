// What comes on demand is there at once in unit tests, as it is when it was loaded before. `notHere` takes it away again.
import { keepers } from '../../src/client/late-keeper.js';
import { leases } from '../../src/tabs/browser-tabs.js';
import { words } from '../../src/tabs/tab-channel.js';

await Promise.all([keepers.load(), leases.load(), words.load()]);
