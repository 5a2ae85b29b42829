// SSHKeys
