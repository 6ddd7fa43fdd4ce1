import { mount } from 'svelte';
import Support from './Support.svelte';

const target = document.getElementById('app');
if (target) mount(Support, { target });
