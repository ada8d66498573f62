/*
 * loop: the least that reads packets: libpcap's loop over one capture, which
 * counts packets and bytes.  What others take is told as a multiple of it.
 */
#define _DEFAULT_SOURCE		/* for the types that pcap.h needs */

#include <err.h>
#include <stdio.h>

#include <pcap/pcap.h>

int
main(int argc, char **argv)
{
	char why[PCAP_ERRBUF_SIZE];
	pcap_t *p = argc == 2 ? pcap_open_offline(argv[1], why) : NULL;
	struct pcap_pkthdr *head;
	const u_char *data;
	unsigned long long packets = 0, bytes = 0;

	if (argc != 2)
		errx(2, "usage: loop capture");
	if (p == NULL)
		errx(1, "%s: %s", argv[1], why);
	for (; pcap_next_ex(p, &head, &data) == 1; packets++)
		bytes += head->len;
	printf("%llu %llu\n", packets, bytes);
	pcap_close(p);
	return 0;
}
