/// What is known of the functions that products bring.
enum SQLFunctions {
    enum Effect: Hashable, Sendable {
        /// The first argument is a command line of the server.
        case shell
        case readFile, writeFile, writeSecondFile, deleteFile
        /// Asks another server, with a text that it runs.
        case connect
        case loadCode
        case administer
        /// Changes one thing: a sequence, a large object.
        case write
        /// The first argument is a statement that runs.
        case statement
        /// The second argument is.
        case secondStatement
        /// Changes a setting of the session.
        case setting
    }

    static let schemas: Set<String> = ["pg_catalog", "information_schema", "sys", "master"]

    /// Words behind which a name with a parenthesis is a table or an alias with its columns.
    static let beforeList: Set<String> = [
        "as", "with", "recursive", "into", "table", "view", "index", "references", "join", "cast",
    ]

    static let effects: [String: Effect] = table([
        (.shell, "xp_cmdshell sys_exec sys_eval shell exec_shell"),
        (
            .readFile,
            """
            pg_read_file pg_read_binary_file pg_ls_dir pg_stat_file lo_import load_file readfile \
            file hdfs readfile_blob fsdir lsdir
            """
        ),
        (.writeFile, "writefile pg_file_write pg_file_sync"),
        (.writeSecondFile, "lo_export pg_file_rename"),
        (.deleteFile, "pg_file_unlink"),
        (
            .connect,
            """
            dblink dblink_exec dblink_connect dblink_connect_u dblink_open dblink_send_query \
            openrowset openquery opendatasource url urlcluster remote remotesecure s3 s3cluster \
            mysql postgresql mongodb redis odbc jdbc http_get http_post http_put http_delete http
            """
        ),
        (.loadCode, "load_extension fts3_tokenizer executable sp_oacreate edit"),
        (
            .administer,
            """
            pg_terminate_backend pg_cancel_backend pg_reload_conf pg_rotate_logfile pg_switch_wal \
            pg_switch_xlog pg_create_restore_point pg_start_backup pg_stop_backup pg_backup_start \
            pg_backup_stop pg_promote pg_wal_replay_pause pg_wal_replay_resume \
            pg_create_physical_replication_slot pg_create_logical_replication_slot \
            pg_drop_replication_slot pg_replication_slot_advance pg_replication_origin_create \
            pg_replication_origin_drop pg_replication_origin_advance pg_logical_emit_message \
            pg_stat_reset pg_stat_reset_shared pg_stat_statements_reset pg_stat_reset_slru \
            pg_stat_reset_single_table_counters pg_stat_reset_replication_slot pg_sync_replication_slots \
            pg_advisory_lock pg_advisory_lock_shared pg_advisory_xact_lock pg_try_advisory_lock \
            pg_advisory_unlock pg_advisory_unlock_all pg_import_system_collations \
            pg_copy_physical_replication_slot pg_copy_logical_replication_slot \
            pg_replication_origin_session_setup pg_replication_origin_session_reset \
            pg_replication_origin_xact_setup pg_replication_origin_xact_reset \
            pg_stat_reset_single_function_counters pg_stat_reset_subscription_stats \
            pg_advisory_xact_lock_shared pg_advisory_unlock_shared pg_try_advisory_lock_shared \
            pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_extension_config_dump \
            pg_log_backend_memory_contexts pg_logdir_ls get_lock sp_configure
            """
        ),
        (
            .write,
            """
            nextval setval pg_notify lo_create lo_creat lo_unlink lo_from_bytea lo_put lowrite \
            lo_truncate pg_logical_slot_get_changes pg_logical_slot_get_binary_changes \
            gin_clean_pending_list brin_summarize_new_values brin_desummarize_range
            """
        ),
        (
            .statement,
            "query_to_xml query_to_xmlschema query_to_xml_and_xmlschema crosstab ts_stat eval"
        ),
        (.secondStatement, "ts_rewrite"), (.setting, "set_config"),
    ])

    /// Whether a function of the product only computes.
    static func isPure(_ name: String) -> Bool {
        if pure.contains(name) { return true }
        if name.hasPrefix("pg_"), name.hasSuffix("_is_visible") { return true }
        return purePrefixes.contains { name.hasPrefix($0) }
    }

    /// Families whose functions all compute; names of one's own rarely begin so.
    private static let purePrefixes = [
        "array_", "json_", "jsonb_", "regexp_", "pg_get_", "pg_stat_get_", "pg_size_", "pg_total_",
        "pg_table_", "pg_relation_", "pg_database_", "pg_is_", "pg_last_", "pg_current_",
        "_pg_", "pg_wal_lsn", "pg_has_", "has_", "pg_identify_", "pg_column_", "st_", "ts_", "bit_",
        "stddev", "var_", "regr_", "covar_", "quantile", "inet6_", "tostartof",
    ]

    private static let pure = words(
        """
        select in and or not exists all some values as over on using when then else case from join \
        where by having union except intersect filter within lateral array row interval distinct \
        limit offset between like ilike similar end partition sets rollup cube grouping only \
        returning both leading trailing materialized is key index tablesample bernoulli system \
        unnest generate_series generate_subscripts coalesce nullif ifnull greatest least if iif \
        nvl decode cast try_cast try_convert abs ceil ceiling floor round trunc truncate sign sqrt \
        power pow exp mod div rand random setseed pi sin cos tan asin acos atan atan2 cot degrees \
        radians width_bucket gcd lcm factorial length char_length character_length octet_length \
        lower upper initcap trim ltrim rtrim btrim lpad rpad left right substr substring substring_index \
        mid replace translate reverse repeat space concat concat_ws ascii chr ord unicode quote \
        quote_ident quote_literal quote_nullable split_part starts_with overlay instr locate field \
        find_in_set elt soundex metaphone levenshtein difference similarity word_similarity hex unhex \
        bin oct conv md5 crc32 encode hashtext hash digest hmac crypt aes_encrypt aes_decrypt \
        compress uncompress current_date current_time current_timestamp localtime localtimestamp \
        now sysdate clock_timestamp statement_timestamp transaction_timestamp timeofday age \
        julianday unixepoch year month day hour minute second week weekday dayofweek dayofmonth \
        dayofyear dayname monthname quarter yearweek last_day adddate subdate addtime subtime \
        curdate curtime period_add period_diff sec_to_time maketime makedate timezone justify_days \
        justify_hours justify_interval unix_timestamp rank dense_rank ntile lag lead total \
        every bool_and bool_or string_agg listagg xmlagg corr skewness kurtosis glob like \
        likely unlikely likelihood typeof printf quote zeroblob changes total_changes rowid \
        last_insert_rowid sqlite_version sqlite_source_id sqlite_compileoption_used \
        sqlite_compileoption_get version database schema user current_user session_user system_user \
        current_schema current_schemas current_database current_catalog current_role current_setting \
        current_query connection_id last_insert_id row_count found_rows charset collation coercibility \
        benchmark sleep pg_sleep uuid uuid_short newid newsequentialid name_const any_value \
        pg_backend_pid pg_blocking_pids pg_typeof pg_postmaster_start_time pg_conf_load_time \
        pg_indexes_size pg_tablespace_size pg_tablespace_location pg_describe_object pg_encoding_to_char \
        pg_char_to_encoding pg_lock_status pg_ls_waldir pg_ls_logdir pg_ls_tmpdir pg_client_encoding \
        pg_show_all_settings pg_show_all_file_settings pg_hba_file_rules pg_options_to_table \
        pg_sequence_last_value pg_prepared_statement pg_my_temp_schema pg_export_snapshot \
        pg_stat_statements pg_partition_tree pg_partition_root pg_partition_ancestors pg_nextoid \
        pg_walfile_name pg_walfile_name_offset pg_xact_commit_timestamp pg_control_system \
        pg_control_checkpoint pg_buffercache_summary pgstattuple pgstatindex pg_freespace \
        pg_logical_slot_peek_changes pg_collation_for pg_snapshot_xmin txid_current \
        txid_current_snapshot txid_snapshot_xmin col_description obj_description shobj_description \
        format_type currval lastval inet_client_addr inet_server_addr inet_client_port \
        inet_server_port host hostmask masklen netmask network family broadcast set_masklen \
        abbrev cardinality array_agg hstore akeys avals skeys svals each exist defined hostname \
        plainto_tsquery phraseto_tsquery websearch_to_tsquery setweight numnode querytree \
        currentdatabase currentuser hostname fqdn uptime tcpport bar formatreadablesize \
        runningdifference neighbor match against highlight snippet bm25 rtreecheck isnull \
        object_id object_name object_definition db_name db_id schema_name schema_id suser_sname \
        suser_name user_name serverproperty databasepropertyex columnproperty col_name col_length \
        type_name datalength patindex charindex stuff choose eomonth getdate getutcdate sysdatetime \
        sysutcdatetime dateadd datediff datename datepart checksum binary_checksum scope_identity \
        ident_current error_message error_number object_schema_name fn_dblog hashbytes newid lead \
        numeric real double precision bit boolean bool serial bigint smallint tinyint varying \
        character binary blob token ttl writetime mintimeuuid maxtimeuuid dateof now_ uuidstring \
        reltuples least jsonb_path_query lpad values_ default unique primary check foreign \
        collate escape temp table view set write_time mbrcontains distance sqrt sub_ nodes value \
        operator nameconcatoid aclexplode acldefault aclcontains row_security_active \
        getdatabaseencoding pg_timezone_names pg_timezone_abbrevs pg_config pg_cursor pg_prepared_xact \
        pg_available_extensions pg_available_extension_versions pg_ident_file_mappings \
        pg_show_replication_origin_status pg_mcv_list_items pg_indexam_progress_phasename \
        pg_trigger_depth pg_xact_status txid_status pg_safe_snapshot_blocking_pids \
        pg_notification_queue_usage pg_listening_channels pg_sequence_parameters pg_stat_have_stats \
        pg_jit_available pg_control_init pg_control_recovery pg_sleep_for pg_sleep_until lo_get strpos \
        num_nulls num_nonnulls parse_ident overlaps isempty lower_inc upper_inc trim_array unistr \
        normalize is_normalized cbrt sind cosd tand sinh cosh tanh get_bit get_byte set_bit set_byte \
        strip similar_escape pg_lsn regclass regtype regproc regrole regnamespace \
        numbers zeros cluster clusterallreplicas merge view generaterandom null \
        to_char to_date to_number to_timestamp to_json to_jsonb to_hex to_days to_seconds to_base64 \
        to_tsvector to_tsquery to_regclass to_regtype to_regproc to_regrole to_regnamespace \
        date date_add date_sub date_format date_part date_trunc date_bin datetime time time_format \
        time_to_sec timediff timestamp timestampadd timestampdiff timestamptz timetz strftime \
        str_to_date strcmp string_to_array string_split str row_number row_to_json row count sum \
        avg min max median mode percentile_cont percentile_disc percent_rank cume_dist first_value \
        last_value nth_value variance group_concat json jsonb from_unixtime from_days from_base64 \
        make_date make_time make_timestamp make_timestamptz make_interval make_set format isfinite \
        is_ipv4 is_ipv6 is_uuid is_used_lock is_free_lock release_lock isnumeric isdate \
        gen_random_uuid gen_random_bytes uuid_generate_v1 uuid_generate_v4 uuid_generate_v5 \
        uuid_to_bin bin_to_uuid xmlelement xmlforest xmlparse xmlserialize xmltable xmlexists \
        xmlconcat xmlattributes xpath xpath_exists convert convert_tz convert_from convert_to ln log \
        log10 log2 sha sha1 sha2 sha224 sha256 sha384 sha512 inet_aton inet_ntoa extract position \
        utc_date utc_time utc_timestamp varchar char text int integer int2 int4 int8 decimal float \
        float4 float8 nvarchar nchar varbinary varbit bytea enum map tsvector tsquery point polygon \
        countif sumif avgif minif maxif any anylast argmax argmin topk grouparray groupuniqarray \
        arrayjoin arraymap arrayfilter arraysum arraycount arraystringconcat hasany hasall multiif \
        parsedatetimebesteffort formatdatetime tuple tupleelement mapkeys mapvalues dictget \
        dictgetordefault empty notempty positioncaseinsensitive today yesterday todate todatetime \
        toyyyymm toyyyymmdd tostring touint32 touint64 toint32 toint64 tofloat64 tohour todayofweek \
        tounixtimestamp insert top uniq uniqexact uniqcombined
        """
    )

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(separator: " ").map(String.init))
    }

    private static func table(_ rows: [(Effect, String)]) -> [String: Effect] {
        var table: [String: Effect] = [:]
        for (effect, names) in rows {
            for name in words(names) { table[name] = effect }
        }
        return table
    }
}
