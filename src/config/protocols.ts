/** What a database system is spoken to with: the chip of its box and the word on its line. Others show their own name. */
export const DATABASE_PROTOCOLS: Readonly<Record<string, string>> = {
  postgresql: 'sql',
  postgres: 'sql',
  mysql: 'sql',
  mariadb: 'sql',
  mssql: 'sql',
  'microsoft.sql_server': 'sql',
  mssqlcompact: 'sql',
  oracle: 'sql',
  'oracle.db': 'sql',
  db2: 'sql',
  'ibm.db2': 'sql',
  sqlite: 'sql',
  cockroachdb: 'sql',
  redshift: 'sql',
  'aws.redshift': 'sql',
  snowflake: 'sql',
  spanner: 'sql',
  'gcp.spanner': 'sql',
  bigquery: 'sql',
  clickhouse: 'sql',
  duckdb: 'sql',
  h2: 'sql',
  h2database: 'sql',
  hsqldb: 'sql',
  derby: 'sql',
  firebird: 'sql',
  firebirdsql: 'sql',
  hive: 'sql',
  trino: 'sql',
  teradata: 'sql',
  vertica: 'sql',
  hanadb: 'sql',
  'sap.hana': 'sql',
  sybase: 'sql',
  informix: 'sql',
  'ibm.informix': 'sql',
  netezza: 'sql',
  'ibm.netezza': 'sql',
  other_sql: 'sql',
  sql: 'sql',
  redis: 'resp',
  valkey: 'resp',
  keydb: 'resp',
  dragonfly: 'resp',
  memcached: 'memcache',
  mongodb: 'mongo',
  cassandra: 'cql',
  scylladb: 'cql',
  neo4j: 'bolt',
  elasticsearch: 'http',
  opensearch: 'http',
  couchdb: 'http',
  couchbase: 'http',
  influxdb: 'http',
  dynamodb: 'http',
  'aws.dynamodb': 'http',
  cosmosdb: 'http',
  'azure.cosmosdb': 'http',
};

/** `messaging.system` values whose common name is shorter; others show their own. */
export const MESSAGING_PROTOCOLS: Readonly<Record<string, string>> = {
  rabbitmq: 'amqp',
  servicebus: 'amqp',
  aws_sqs: 'sqs',
  'aws.sqs': 'sqs',
  AmazonSQS: 'sqs',
  'aws.sns': 'sns',
  aws_sns: 'sns',
  gcp_pubsub: 'pubsub',
};

/** `rpc.system` values that are not the name of what goes over the wire. */
export const RPC_PROTOCOLS: Readonly<Record<string, string>> = {
  'aws-api': 'http',
  connect_rpc: 'connect',
  connectrpc: 'connect',
  apache_dubbo: 'dubbo',
  java_rmi: 'rmi',
  dotnet_wcf: 'wcf',
};

/**
 * OpenTracing's `component`, in small letters: the library that made the span, where that tells what goes over the wire
 * (opentracing-contrib). Its databases say it in `db.type`.
 */
export const COMPONENT_PROTOCOLS: Readonly<Record<string, string>> = {
  grpc: 'grpc',
  'java-grpc': 'grpc',
  thrift: 'thrift',
  'java-thrift': 'thrift',
  kafka: 'kafka',
  'java-kafka': 'kafka',
  'java-jms': 'jms',
  rabbitmq: 'amqp',
  'java-rabbitmq': 'amqp',
  nats: 'nats',
  'net/http': 'http',
};

/** `telemetry.sdk.language` values and what people call them; others show their own name. */
export const RUNTIME_NAMES: Readonly<Record<string, string>> = {
  nodejs: 'node',
  webjs: 'browser',
  dotnet: '.net',
  cpp: 'c++',
};

/** What one of these calls a name that stands in a file, where `constructor` is a name like any other. */
export function knownName(names: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}
