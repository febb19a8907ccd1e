const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The part of user data that is the same for every deployment; serverless would read its `$` as variables. */
module.exports.script = () => readFileSync(join(__dirname, 'user-data.sh'), 'utf8');
