<#-- What a location of a module says. -->
<#import "traffic.ftl" as traffic>

<#macro identity route>
    set $a64_module [=route.module];
    set $a64_generation [=route.generation];
</#macro>

<#-- A header of a location's own drops all that it would inherit. -->
<#macro headers route>
<#if route.headers?has_content>
<@traffic.security/>
<#list route.headers as header>
    proxy_hide_header [=header.name];
    add_header [=header.name] [=header.value] always;
</#list>
</#if>
</#macro>

<#macro access route>
<#if route.allowed?has_content || route.realm?? || route.authRequest??>
    satisfy all;
</#if>
<#list route.allowed as range>
    allow [=range];
</#list>
<#if route.allowed?has_content>
    deny all;
</#if>
<#if route.realm??>
    auth_basic [=route.realm];
    auth_basic_user_file [=route.userFile];
</#if>
<#if route.authRequest??>
    auth_request /__a64/auth/[=route.module];
</#if>
</#macro>

<#macro limits route>
<#if route.rate??>
    limit_req zone=[=route.rate.zone]<#if route.rate.burst gt 0> burst=[=route.rate.burst]</#if> nodelay;
    limit_req_status 429;
</#if>
<#if route.connections??>
    limit_conn [=connectionZone] [=route.connections];
    limit_conn_status 429;
</#if>
</#macro>

<#macro proxying route>
<#if !route.websocket>
    set $a64_websocket off;
</#if>
    client_max_body_size [=route.maxBody];
    proxy_read_timeout [=route.readTimeout]ms;
<#if !route.buffering>
    proxy_buffering off;
    proxy_request_buffering off;
</#if>
</#macro>

<#macro authorization route>
<#if route.authRequest??>
location = /__a64/auth/[=route.module] {
    internal;
    # An operator's cache or page for errors must not answer whether somebody may.
    proxy_cache off;
    proxy_store off;
    proxy_intercept_errors off;
    error_page 599 /__a64/never;
<#if route.authRequest.group??>
    proxy_pass_request_body off;
    proxy_connect_timeout 2s;
    proxy_send_timeout 5s;
    proxy_read_timeout 5s;
    proxy_buffering on;
<#-- Variables are those of the request itself, so none may be set here. -->
<@traffic.forwarding host="$host" prefix=route.authRequest.prefix/>
    proxy_set_header Connection "";
    proxy_set_header Upgrade "";
    proxy_set_header Content-Length "";
    proxy_set_header X-Original-URI $request_uri;
    proxy_set_header X-Original-Method $request_method;
    proxy_pass http://[=route.authRequest.group][=route.authRequest.path];
<#else>
    return 500;
</#if>
}
</#if>
</#macro>
