# The hosts of example.net.
hosts = [("ns2", "192.0.2.2"), ("shop", "192.0.2.90")]
