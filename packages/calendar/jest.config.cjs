module.exports = { displayName: 'calendar', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/calendar' };
