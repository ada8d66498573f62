/*
 * cid against the vectors that the Community ID specification and Zeek test
 * with (seed 0), both directions alike.  t/0205 compares with tshark's.
 */
#include "record/cid.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *src, *dst;
	uint8_t proto;
	uint16_t sport, dport;
	const char *cid;
} vector[] = {
	{"128.232.110.120", "66.35.250.204", 6, 34855, 80,
	    "1:LQU9qZlK+B5F3KDmev6m5PMibrg="},
	{"66.35.250.204", "128.232.110.120", 6, 80, 34855,
	    "1:LQU9qZlK+B5F3KDmev6m5PMibrg="},
	{"192.168.1.52", "8.8.8.8", 17, 54585, 53,
	    "1:d/FP5EW3wiY1vCndhwleRRKHowQ="},
	{"8.8.8.8", "192.168.1.52", 17, 53, 54585,
	    "1:d/FP5EW3wiY1vCndhwleRRKHowQ="},
	{"1.2.3.4", "5.6.7.8", 6, 1122, 3344,
	    "1:wCb3OG7yAFWelaUydu0D+125CLM="},
	{"1.2.3.4", "5.6.7.8", 17, 1122, 3344,
	    "1:0Mu9InQx6z4ZiCZM/7HXi2WMhOg="},
	{"2001:470:e5bf:dead:4957:2174:e82c:4887", "2607:f8b0:400c:c03::1a",
	    6, 63943, 25, "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4="},
	{"2607:f8b0:400c:c03::1a", "2001:470:e5bf:dead:4957:2174:e82c:4887",
	    6, 25, 63943, "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4="},
	{"192.168.0.89", "192.168.0.1", 1, 8, 0,
	    "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="},
};

int
main(void)
{
	size_t n = sizeof vector / sizeof *vector;

	printf("1..%zu\n", n);
	for (size_t i = 0; i < n; i++) {
		struct addr src, dst;
		char text[CID_TEXT];

		addr_parse(vector[i].src, strlen(vector[i].src), &src);
		addr_parse(vector[i].dst, strlen(vector[i].dst), &dst);
		cid_format(text, &src, &dst, vector[i].proto,
		    vector[i].sport, vector[i].dport);
		printf("%sok %zu - %s\n",
		    strcmp(text, vector[i].cid) == 0 ? "" : "not ", i + 1,
		    text);
	}
	return 0;
}
