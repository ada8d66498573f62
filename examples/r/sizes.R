# Figure 4 of the paper from tagged records, with ggplot2: how large packets of
# signaling are, by the kind of their pair.
#
#	Rscript sizes.R tagged.tsv sizes.pdf
#
# Writes the picture, and on standard output what is drawn: kind, bytes, share
# of packets that are not larger.
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(),
	value = TRUE)[1]))
sys.source(file.path(here, "flows.R"), environment())
asked()
suppressPackageStartupMessages(library(ggplot2))

# A row for each value of the histograms.
packets <- function(kind, histograms) {
	do.call(rbind, Map(function(k, h) if (!is.null(h))
		data.frame(kind = k, h), kind, histograms))
}

file <- commandArgs(trailingOnly = TRUE)
t <- read_flows(file[1])
t <- t[!is.na(t$class) & t$class == "sig", ]
kind <- ifelse(t$pair == "probe", "probe", "nonprobe")
n <- rbind(packets(kind, t$size), packets(kind, t$rsize))
n <- aggregate(count ~ value + kind, n[n$value > 0, ], sum)
n$share <- ave(n$count, n$kind, FUN = function(c) cumsum(c) / sum(c))

picture <- ggplot(n, aes(value, share, colour = kind)) + geom_step() +
	labs(x = "UDP payload of a packet (bytes)", y = "CDF of packets") +
	ylim(0, 1)
ggsave(file[2], picture, width = 6, height = 4)
cat(sprintf("%s\t%d\t%.4f\n", n$kind, n$value, n$share), sep = "")
