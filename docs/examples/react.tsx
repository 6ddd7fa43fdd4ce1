import { ChatWindow } from 'harmonychat-web/react';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { serverUrl, userId } from './session.js';

// Made once: a new object in every rendering would be a change.
const strings = { placeholder: 'Ask us anything' };

function Support() {
  const [heading, setHeading] = useState('Support');
  const [last, setLast] = useState('');
  return (
    <>
      <ChatWindow
        serverUrl={serverUrl}
        userId={userId}
        peerId="support"
        heading={heading}
        strings={strings}
        onChatMessage={({ message }) => setLast(message.content)}
      />
      <p>
        Last message: <output>{last}</output>
      </p>
      <button type="button" onClick={() => setHeading('Sales')}>
        Rename
      </button>
    </>
  );
}

const place = document.getElementById('app');
if (place) createRoot(place).render(<Support />);
