/**
 * `server.properties` of one broker that is its own controller (KRaft combined mode). `brokers` lists all of the cluster:
 * `{ id, clientPort, internalPort, controllerPort, advertised }`, `advertised` being the `host:port` that clients are sent to.
 */
export function serverProperties(broker, brokers, dataFolder) {
  const replicas = brokers.length >= 3 ? 3 : 1;
  const inSync = replicas === 3 ? 2 : 1;
  return properties({
    'process.roles': 'broker,controller',
    'node.id': broker.id,
    'controller.quorum.voters': brokers.map((each) => `${each.id}@127.0.0.1:${each.controllerPort}`).join(','),
    listeners: `CLIENT://127.0.0.1:${broker.clientPort},INTERNAL://127.0.0.1:${broker.internalPort},CONTROLLER://127.0.0.1:${broker.controllerPort}`,
    'advertised.listeners': `CLIENT://${broker.advertised},INTERNAL://127.0.0.1:${broker.internalPort}`,
    'listener.security.protocol.map': 'CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'INTERNAL',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': dataFolder,
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': replicas,
    // Each partition of an internal topic costs files and start time; one process and few groups need few.
    'offsets.topic.num.partitions': 8,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': inSync,
    'group.initial.rebalance.delay.ms': 0,
    // Offsets outlive the 14 days of the work topics (design: retention 14 days, offsets longer): 30 days.
    'offsets.retention.minutes': 43_200,
    // A dead broker is noticed within this time; 9 s by default.
    'broker.session.timeout.ms': 6000,
    'broker.heartbeat.interval.ms': 1000,
    'controlled.shutdown.enable': false,
    'log.segment.bytes': 64 * 1024 * 1024,
    'log.index.size.max.bytes': 1024 * 1024,
  });
}

/** What StorageTool writes into a formatted log folder; every folder has an id of its own. */
export function metaProperties(broker, clusterId, directoryId) {
  return properties({ version: 1, 'node.id': broker.id, 'cluster.id': clusterId, 'directory.id': directoryId });
}

/** Kafka's own log goes to one file of the run. */
export function log4jProperties(file) {
  return properties({
    status: 'error',
    'rootLogger.level': 'info',
    'rootLogger.appenderRef.file.ref': 'file',
    'appender.file.type': 'File',
    'appender.file.name': 'file',
    'appender.file.fileName': file,
    'appender.file.layout.type': 'PatternLayout',
    'appender.file.layout.pattern': '%d{ISO8601} %p %c{1} %m%n',
  });
}

function properties(entries) {
  return Object.entries(entries)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
