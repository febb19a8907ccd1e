
# Amazon Linux 2023 locks its packages to the release of the image, so that every boot installs the same Node.js.
dnf install --assumeyes "nodejs$NODE_VERSION"
"node-$NODE_VERSION" --version | grep --quiet "^v$NODE_VERSION\."

mkdir --parents /opt/application
echo "$APPLICATION" | base64 --decode | gunzip > /opt/application/server.mjs

# Only root and systemd read the key; it is in no template and no log.
umask 077
key=$(aws ssm get-parameter --region "$AWS_REGION" --name "$SESSION_KEY_PARAMETER" --with-decryption --query Parameter.Value --output text)
cat > /etc/application.env <<END
PORT=8080
SESSION_KEY=$key
DATABASE=$DATABASE
DRAIN_SECONDS=$((DRAIN_SECONDS - 5))
AWS_REGION=$AWS_REGION
DEMAND_LOG_GROUP=$DEMAND_LOG_GROUP
LOGS_URL=$LOGS_URL
END
umask 022

cat > /etc/systemd/system/application.service <<END
[Unit]
Description=The application of the fleet
Wants=network-online.target
After=network-online.target

[Service]
EnvironmentFile=/etc/application.env
ExecStart=/usr/bin/node-$NODE_VERSION /opt/application/server.mjs
DynamicUser=yes
NoNewPrivileges=yes
ProtectSystem=strict
Restart=always
RestartSec=1
KillSignal=SIGTERM
TimeoutStopSec=$DRAIN_SECONDS
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
END
systemctl daemon-reload
systemctl enable --now application.service
