<#-- Answers this machine only, and nobody for whom a proxy speaks. -->
<#macro local>
    set $a64_self $a64_local;
    if ($remote_addr = $server_addr) {
        set $a64_self 1;
    }
    set $a64_self "$a64_self$http_x_forwarded_for$http_x_real_ip$http_forwarded";
    if ($a64_self != 1) {
        return 404;
    }
    access_log off;
    default_type text/plain;
</#macro>
