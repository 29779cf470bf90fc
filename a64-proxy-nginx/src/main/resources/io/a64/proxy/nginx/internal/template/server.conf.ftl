<#import "traffic.ftl" as traffic>
<#import "guard.ftl" as guard>
<#import "pool.ftl" as pool>
# Written by A64 Ports: included in server {}. Changes here end with this generation.
<@traffic.server host="$host" prefix=trusted?has_content?then("$a64_forwarded_prefix", "$a64_prefix")/>
# What a module says about its own place is said of the place of its route; each location inherits it.
proxy_redirect "~^(?<a64_to>.*)$" $a64_location;
proxy_cookie_path "~^(?<a64_to>.*)$" $a64_cookie;

location = /__a64/generation {
<@guard.local/>
    # NGINX wants each variable to be set somewhere, and there may be no module yet.
    set $a64_prefix "";
    set $a64_module "";
    set $a64_generation "";
    set $a64_websocket "";
    return 200 "[=generation]";
}
<#if pooledPaths?has_content>
<@pool.pathLocations/>
</#if>
include [=directory]/[=included]/*.conf;
