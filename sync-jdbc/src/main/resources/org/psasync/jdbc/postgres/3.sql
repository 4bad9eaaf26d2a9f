drop index psasync_pairs_kind;
alter table psasync_pairs drop constraint psasync_pairs_pkey, add primary key (integration, kind, id);

delete from psasync_lists where list >= 'link/' and list < 'link0';

alter table psasync_pairs set (fillfactor = 60);
