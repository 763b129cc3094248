module.exports = { displayName: 'mailbox', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/mailbox' };
