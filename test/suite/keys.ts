/** The mission's operation keys. `data_scale_1000000` is measured on request. */
export const operations = [
  ...['health_check', 'search_api', 'config_api', 'chat_api'],
  ...['simple_query', 'complex_query', 'fuzzy_search', 'large_results', 'document_indexing'],
  ...['crud_operations', 'transaction_performance', 'query_optimization'],
  ...['file_operations', 'large_file_handling', 'concurrent_file_access'],
  ...['resource_monitoring_idle', 'resource_monitoring_load'],
  ...[1, 5, 10, 25, 50].map((users) => `concurrent_users_${users}`),
  ...[1_000, 10_000, 100_000].map((size) => `data_scale_${size}`),
]

/** What the suite measures beside them. */
export const further = [
  ...['startup_time', 'config_update'],
  ...['simple_query_cold', 'simple_query_warm', 'complex_query_cold', 'complex_query_warm', 'ranking_accuracy'],
  ...['transaction_rollback', 'transaction_contention', 'transaction_retries', 'query_optimization_gain'],
  ...['bulk_operations_single', 'bulk_operations_batched'],
  ...['directory_operations', 'seek_time', 'fsync_latency'],
  ...['thread_utilization', 'core_contention', 'memory_leak', 'gc_efficiency', 'disk_io', 'network_io'],
  ...['network_io_keep_alive', 'network_io_no_keep_alive'],
  ...['concurrent_users', 'concurrent_users_100', 'data_scale', 'connection_pool', 'session_scaling', 'capacity'],
  ...['load_balancing', 'load_balancing_variation', 'load_balancing_chi_square', 'failover', 'resource_limits'],
  ...['algorithm_comparison_minisearch', 'algorithm_comparison_sqlite_fts5', 'bottleneck'],
  ...['tuning_effectiveness_full', 'tuning_effectiveness_normal', 'tuning_effectiveness_off'],
]
