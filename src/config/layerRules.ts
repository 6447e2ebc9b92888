import type { Pattern } from '../base/wildcard.ts';
import type { Layer } from './layers.ts';

/**
 * Which column a hop stands in: the first rule that matches any part of what is known about it. There is no semantic
 * convention for gateways and edges, so the rules go by what the products themselves write (sources beside them), and
 * `why` is shown to the person who asks.
 *
 * What nothing marks is a service. A trace without an edge or a gateway has no such column: being first is not enough.
 */
export interface LayerRule {
  readonly layer: Layer;
  /** One sentence. */
  readonly why: string;
  /** Any of them is enough. */
  readonly when: readonly LayerCondition[];
}

export type LayerCondition =
  /** How the hop is known: through calls to a database, or messages to a destination that nobody consumes. */
  | { readonly origin: 'database' | 'messaging' }
  /** The hop's name (section 3 of the analysis). */
  | { readonly name: Pattern; readonly not?: Pattern }
  /** An attribute of its resource. */
  | { readonly resource: string; readonly is?: Pattern }
  /** The name of an instrumentation scope of its spans. */
  | { readonly scope: Pattern }
  /** An attribute of its own spans; `kind` narrows it to one OTLP span kind. */
  | { readonly span: string; readonly is?: Pattern; readonly kind?: number }
  /** An attribute of the calls that others make to it. */
  | { readonly call: string; readonly is?: Pattern };

const SERVER = 2;

export const LAYER_RULES: readonly LayerRule[] = [
  {
    layer: 'data',
    why: 'It is a database: known from the calls of its clients.',
    when: [{ origin: 'database' }],
  },
  {
    layer: 'data',
    // A broker between two services is a line; only where the request ends at it, it is a place that keeps data.
    why: 'It is a queue or a topic that nobody consumes in these traces: the request ends there, as in a store.',
    when: [{ origin: 'messaging' }],
  },
  {
    layer: 'edge',
    why: 'It runs on Cloudflare Workers, in a point of presence at the edge of the network.',
    // evanderkoogh/otel-cf-workers: src/sdk.ts. Before the client's rules: some SDKs for Workers call themselves webjs.
    when: [
      { resource: 'cloud.platform', is: /^cloudflare[._](workers|pages)/ },
      { resource: 'cloud.provider', is: /^cloudflare$/ },
      { resource: 'telemetry.sdk.name', is: /otel-cf-workers$/ },
      { resource: 'process.runtime.name', is: /^(cloudflare[-._ ]?)?workerd?s?$/i },
    ],
  },
  {
    layer: 'edge',
    why: 'It runs in an edge runtime: Vercel Edge, Fastly Compute, Netlify Edge or Deno Deploy.',
    // vercel/otel: packages/otel/src/sdk.ts
    when: [
      { resource: 'vercel.runtime', is: /^edge$/ },
      { resource: 'process.runtime.name', is: /^(edge|edge-runtime|vercel-edge|netlify-edge|fastly|deno-deploy)$/i },
      { resource: 'cloud.provider', is: /^(fastly|akamai|netlify|deno(_deploy)?)$/ },
      { resource: 'cloud.platform', is: /^(fastly|akamai|netlify_edge|deno_deploy|vercel[._]edge|aws_cloudfront)/ },
    ],
  },
  {
    layer: 'client',
    why: 'Its telemetry comes from a browser.',
    // semantic-conventions: resource/browser.md, telemetry.sdk.language
    when: [
      { resource: 'telemetry.sdk.language', is: /^webjs$/ },
      { resource: 'browser.platform' },
      { resource: 'browser.brands' },
      { resource: 'browser.language' },
      { resource: 'browser.mobile' },
    ],
  },
  {
    layer: 'client',
    why: 'Its telemetry comes from a phone or a tablet.',
    // semantic-conventions: resource/device.md, resource/android.md; opentelemetry-swift, opentelemetry-android
    when: [
      { resource: 'telemetry.sdk.language', is: /^(swift|kotlin|android)$/ },
      { resource: 'os.name', is: /^(ios|ipados|android)$/i },
      { resource: 'device.model.identifier' },
      { resource: 'android.os.api_level' },
      { resource: 'rum.sdk.version' },
    ],
  },
  {
    layer: 'client',
    why: 'It is a load generator: it stands for the clients.',
    when: [
      { name: /(^|[ ._-])(k6|locust|gatling|jmeter|artillery|vegeta|load-?(generator|tester|gen))$/i },
      { scope: /^(go\.)?k6(\.io.*)?$|^locust/i },
    ],
  },
  {
    layer: 'edge',
    why: 'It is named as a content delivery network or an edge runtime.',
    when: [
      { name: /(^|[ ._-])(cdn|cloudfront|fastly|akamai|cloudflare(-workers?)?|cf[._-]workers?|varnish)($|[ ._-])/i },
    ],
  },
  {
    layer: 'service',
    why: 'An Envoy sidecar reports for it: the proxy stands beside the service, not in front of it.',
    // Istio names its proxies node_id = "sidecar~ip~pod~domain"
    when: [{ span: 'node_id', is: /^sidecar~/ }],
  },
  {
    layer: 'gateway',
    why: 'Its spans are those of an Envoy proxy.',
    // envoyproxy/envoy: source/common/tracing/common_values.h
    when: [
      { span: 'node_id', is: /^router~/ },
      { span: 'component', is: /^proxy$/ },
      { span: 'upstream_cluster' },
      { span: 'upstream_cluster.name' },
      { span: 'response_flags' },
      { span: 'guid:x-request-id' },
    ],
  },
  {
    layer: 'gateway',
    why: 'Its spans are those of a Traefik proxy.',
    // traefik/traefik: pkg/middlewares/observability/{router,service,entrypoint}.go
    when: [
      { span: 'traefik.router.name' },
      { span: 'traefik.service.name' },
      { span: 'traefik.middleware.name' },
      { scope: /^github\.com\/traefik\/traefik/ },
      { resource: 'service.name', is: /^traefik$/i },
    ],
  },
  {
    layer: 'gateway',
    why: 'Its spans are those of an API gateway: Kong, APISIX, Tyk, KrakenD, Apollo Router or Spring Cloud Gateway.',
    // developer.konghq.com/gateway/tracing; apache/apisix: plugins/opentelemetry; apollographql/router
    when: [
      { scope: /^(kong-internal|kong|apisix|opentelemetry-lua|krakend|tyk|apollo-router|envoy-gateway|apigee)$/i },
      {
        resource: 'service.name',
        is: /^(kong|apisix|tyk(-gateway)?|krakend|apollo[-_]router|zuul|gloo|emissary|ambassador)$/i,
      },
      { span: 'apollo_private.operation_signature' },
      { span: 'apollo_private.field_level_instrumentation_ratio' },
      { span: 'spring.cloud.gateway.route.id' },
      { span: 'spring.cloud.gateway.route.uri' },
      { span: 'kong.route' },
      { span: 'kong.service' },
      { span: 'apisix.route_id' },
      { span: 'apisix.route_name' },
    ],
  },
  {
    layer: 'gateway',
    why: 'Its spans are those of a reverse proxy or a load balancer: nginx, HAProxy, Caddy, YARP, Zuul or AWS.',
    // nginxinc/nginx-otel; kubernetes/ingress-nginx; caddyserver/caddy: modules/caddyhttp/tracing
    when: [
      { scope: /^(nginx|ingress-nginx|haproxy|caddy|yarp\.reverseproxy|linkerd2?-proxy)$/i },
      {
        resource: 'service.name',
        is: /^(unknown_service:)?(nginx|ingress-nginx|haproxy|caddy|linkerd2?-proxy|yarp)$/i,
      },
      // OpenTracing: opentracing-contrib/nginx-opentracing, java-spring-zuul
      { span: 'component', is: /^(nginx|haproxy|traefik|kong|zuul)$/i },
      { resource: 'cloud.platform', is: /^aws_(api_gateway|apigateway|elb|alb)$/ },
      { span: 'aws.api_gateway.rest_api' },
      { span: 'aws.api_gateway.stage' },
      { name: /^AWS::(ApiGateway|ElasticLoadBalancing)/i },
    ],
  },
  {
    layer: 'gateway',
    why: 'It is named as a gateway or an ingress.',
    // A payment or mail gateway is a service that happens to have the word in its name.
    when: [
      {
        name: /(^|[ ._-])((api|istio)?-?(gateway|ingress|ingressgateway)|api-?gw)($|[ ._-])/i,
        not: /(^|[ ._-])(pay(ment)?s?|billing|sms|e?mail|push|fax|bank|card|media|iot|storage)[ ._-]/i,
      },
    ],
  },
  {
    layer: 'data',
    why: 'It is an object or key-value store: known from the calls of its clients.',
    // semantic-conventions: object-stores/s3.md, rpc.service of the AWS SDKs
    when: [
      { call: 'aws.s3.bucket' },
      { call: 'aws.dynamodb.table_names' },
      { call: 'rpc.service', is: /^(S3|AmazonS3|DynamoDB|DynamoDb|AmazonDynamoDB(v2)?)$/ },
      { call: 'gcp.storage.bucket' },
    ],
  },
  {
    layer: 'data',
    why: 'It is a database: the calls of its clients say so in the words of OpenTracing.',
    // opentracing/specification: semantic_conventions.md
    when: [{ call: 'db.type' }, { call: 'db.instance' }],
  },
  {
    layer: 'data',
    why: 'It is a queue or a topic by the calls of its clients, and nobody consumes it in these traces.',
    when: [{ call: 'message_bus.destination' }],
  },
  {
    layer: 'data',
    why: 'It serves database queries: its own spans say which system it is.',
    when: [
      { span: 'db.system', kind: SERVER },
      { span: 'db.system.name', kind: SERVER },
      { span: 'db.type', kind: SERVER },
    ],
  },
  {
    layer: 'data',
    why: 'It is named as a database.',
    when: [
      {
        name: /(^|[ ._-])(postgres(ql)?|mysql|mariadb|mssql|sqlserver|mongo(db)?|redis|valkey|memcached|cassandra|scylla(db)?|cockroach(db)?|clickhouse|elasticsearch|opensearch|dynamodb|neo4j|couchdb|couchbase|influxdb|etcd)$/i,
      },
    ],
  },
];

/** Where no rule matches. */
export const DEFAULT_LAYER: { readonly layer: Layer; readonly why: string } = {
  layer: 'service',
  why: 'Nothing marks it as a client, an edge, a gateway or a store.',
};
