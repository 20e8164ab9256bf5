"""What the network knows and decides. It knows no channel, no page and no scheduler."""
