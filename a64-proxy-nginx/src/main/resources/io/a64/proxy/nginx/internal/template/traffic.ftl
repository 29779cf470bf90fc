<#-- What every server of ours says about the way to the modules and back, and what a location has to repeat of it. -->

<#macro forwarding host prefix>
proxy_set_header Host [=host?no_esc];
proxy_set_header X-Real-IP $remote_addr;
<#if trusted?has_content>
proxy_set_header X-Forwarded-For $a64_forwarded_for;
proxy_set_header X-Forwarded-Proto $a64_forwarded_proto;
proxy_set_header X-Forwarded-Host $a64_forwarded_host;
proxy_set_header X-Forwarded-Port $a64_forwarded_port;
<#else>
proxy_set_header X-Forwarded-For $remote_addr;
proxy_set_header X-Forwarded-Proto <#if tls>https<#else>$scheme</#if>;
proxy_set_header X-Forwarded-Host $host;
proxy_set_header X-Forwarded-Port <#if tls>[=publicPort]<#else>$server_port</#if>;
</#if>
proxy_set_header X-Forwarded-Prefix [=prefix?no_esc];
proxy_set_header HTTP2-Settings "";
proxy_set_header X-Original-Method "";
proxy_set_header Forwarded "";
proxy_set_header Proxy "";
</#macro>

<#macro security>
proxy_hide_header X-Content-Type-Options;
proxy_hide_header X-Frame-Options;
add_header X-Content-Type-Options nosniff always;
add_header X-Frame-Options SAMEORIGIN always;
</#macro>

<#macro server host prefix>
absolute_redirect off;
<#-- Set here, a variable would lose its value to each subrequest. -->
uninitialized_variable_warn off;
<#list trusted as range>
set_real_ip_from [=range];
</#list>
<#if trusted?has_content>
real_ip_header X-Forwarded-For;
real_ip_recursive on;
</#if>
<#if accessLog??>
access_log [=accessLog] a64 buffer=32k flush=1s;
</#if>

<#-- With room for headers of the modules' choice, whose names may be long. -->
proxy_headers_hash_max_size 1024;
proxy_headers_hash_bucket_size 128;
proxy_http_version 1.1;
proxy_connect_timeout 5s;
proxy_next_upstream error timeout;
proxy_next_upstream_tries 2;

<@forwarding host=host prefix=prefix/>
proxy_set_header Connection $a64_connection;
proxy_set_header Upgrade $a64_upgrade;
proxy_set_header X-Original-URI "";

proxy_ignore_headers X-Accel-Redirect X-Accel-Limit-Rate X-Accel-Charset X-Accel-Expires;
<@security/>
</#macro>
