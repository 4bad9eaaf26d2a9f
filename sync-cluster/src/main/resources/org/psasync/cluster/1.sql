create table psacluster_nodes (
  node text primary key,
  version text not null,
  seen timestamp with time zone not null,
  working boolean not null
);

create table psacluster_lanes (
  integration text primary key,
  scheduled_at timestamp with time zone not null,
  interval_ms bigint not null,
  not_before timestamp with time zone,
  asked_by text,
  asked_role text,
  asked_at timestamp with time zone,
  changed_at timestamp with time zone,
  hints integer not null,
  hints_from timestamp with time zone,
  hinted_at timestamp with time zone,
  early_at timestamp with time zone,
  early integer not null,
  last_start timestamp with time zone,
  failures integer not null,
  made_room integer not null
);

create table psacluster_runs (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamp with time zone not null,
  picked boolean not null,
  picked_by text,
  last_success timestamp with time zone,
  last_failure timestamp with time zone,
  consecutive_failures integer,
  last_heartbeat timestamp with time zone,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);

create index psacluster_runs_due on psacluster_runs (priority desc, execution_time) where not picked;

create index psacluster_runs_time on psacluster_runs (execution_time) where not picked;

create index psacluster_runs_heartbeat on psacluster_runs (last_heartbeat) where picked;

create table psacluster_pushes (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamp with time zone not null,
  picked boolean not null,
  picked_by text,
  last_success timestamp with time zone,
  last_failure timestamp with time zone,
  consecutive_failures integer,
  last_heartbeat timestamp with time zone,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);

create index psacluster_pushes_time on psacluster_pushes (execution_time) where not picked;

create index psacluster_pushes_heartbeat on psacluster_pushes (last_heartbeat) where picked;

create table psacluster_budgets (
  tenant text not null,
  slot timestamp with time zone not null,
  node text not null,
  granted integer not null,
  primary key (tenant, slot, node)
);
